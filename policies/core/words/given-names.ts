/** Given names that are often heard in Britain: they tell a name from two nouns with capitals. */
export const givenNames: ReadonlySet<string> = new Set(
  (
    'aaron abdul abdullah abigail adam adele adrian ahmed aidan aisha alan albert alex alexander alexandra alfie alice alicia ' +
    'alison amanda amber amelia amina amy andrea andrew angela anita anna anne annie anthony antonia archie arthur ashley ava ayesha ' +
    'barbara barry beatrice becky bella ben benjamin bernard beth bethany betty bilal brandon brenda brian bridget callum ' +
    'cameron carl carol caroline catherine ceri charlie charlotte cheryl chloe chris christian christina christine christopher ' +
    'claire colin connor craig daisy daniel danielle darren dave david dawn dean deborah debbie denise dennis derek diana diane ' +
    'dilys dominic donna dorothy douglas duncan dylan edward eileen elaine eleanor elena eleri elizabeth ella ellen ellie elliot ' +
    'emily emma eric erin ethan eva evan evie fatima felicity fiona frances francesca frank freddie freya gareth gary gavin ' +
    'gemma geoffrey george georgia georgina gerald gillian gina glenn graham grace greta gwen hannah harriet harry hassan heather ' +
    'helen henry holly howard hugh ian ibrahim imran irene isaac isabel isabella isla ivan jack jackie jacob jacqueline jade ' +
    'jake james jamie jane janet janice jasmine jason jayden jean jeffrey jennifer jenny jeremy jessica jill joan joanna joanne ' +
    'joe joel john jonathan jordan joseph joshua joyce judith julia julian julie karen karl kate katherine kathleen kathryn katie ' +
    'kayleigh keith kelly kenneth kerry kevin khadija kieran kim kimberley kirsty kyle laura lauren leah lee leo leon lesley leslie ' +
    'lewis liam lily linda lisa logan lola louis louise lucas lucy luke lynn madison maisie malcolm marcus margaret maria marie ' +
    'marilyn mark martin mary maryam mason matthew maureen max megan melanie melissa michael michelle mohamed mohammad mohammed ' +
    'molly monica muhammad natalie natasha nathan neil nicholas nicola nigel nina noah nora norman oliver olivia omar oscar owen ' +
    'pamela patricia patrick paul paula pauline peter philip phoebe poppy rachel raj raymond rebecca reece rhiannon rhys richard ' +
    'riley rita robert robin roger ronald rosie roy ruby russell ruth ryan sally sam samantha samuel sandra sara sarah scarlett scott ' +
    'sean sebastian shannon sharon sheila shirley sian simon sofia sophia sophie stacey stephanie stephen steven stuart susan ' +
    'suzanne sylvia tara terry teresa theo theresa thomas tim timothy tina toby tom tomasz tony tracey tracy tyler valerie vanessa ' +
    'vera veronica victor vincent vivienne wayne wendy william yasmin yusuf yvonne zachary zara zoe'
  ).split(' '),
);

/** Of these the ones that are a thing, a place, an office or a law as well: alone they tell nobody. */
export const alsoThings: ReadonlySet<string> = new Set(
  (
    'alan albert alice amber carol charlotte christian claire daisy dawn dean edward elizabeth ella frank fraser george georgia ' +
    'grace heather holly isla jack jade jasmine jean john jordan joseph kerry kim laming lee leo lily lincoln louise madison margaret ' +
    'mark martin mary max norman paul peter poppy robin roy ruby russell ruth scarlett scott taylor thomas victor victoria wayne ' +
    'william'
  ).split(' '),
);
