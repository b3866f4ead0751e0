/** Words with a capital that name no person: places, bodies, roles, laws and things; as `cautions.ts` reads them. */
export const capitals: ReadonlySet<string> = new Set(
  // Bodies, and what they are made of
  (
    'academy academies administration agency agencies alliance army assembly association authority authorities bench board ' +
    'boards body borough branch bureau business cabinet centre charity church city clinic clinical club college colleges ' +
    'commission commissioning committee committees community company conference consortium cooperative corporate corporation ' +
    'council councils county court courts crown department directorate district division education estate executive family ' +
    'families federation forum foundation framework general government group groups health hospital house houses housing hub ' +
    'inspectorate institute institution interim joint league magistrates media ministry national network nhs nursery office ' +
    'offices operations organisation panel panels parish parliament partner partners partnership partnerships police press ' +
    'practice primary probation programme programmes prison public region regional registry research review reviews royal ' +
    'school schools scrutiny secondary section sector senate service services social society staff supreme surgery task team teams ' +
    'trade trust trusts tribunal union unit university village voluntary volunteers ward wards workforce youth young ' +
    // Roles
    'advisor adviser advocate advocates ambassador assistant associate auditor barrister bishop carer cafcass chair chairman ' +
    'chairperson chairwoman chaperone chief clerk commissioner consultant coordinator co-ordinator councillor councillors ' +
    'counsel deputy designated director directors doctor engineer governor governors guardian guardians head host independent ' +
    'inspector inspectors investigator judge judges justice lead leader leaders lieutenant manager managers mayor member members ' +
    'midwife minister ministers monitoring nurse observer observers officer officers ombudsman paediatrician portfolio president ' +
    'principal professor prime psychologist registrar representative reviewer reviewing secretary senior sergeant sheriff ' +
    'solicitor solicitors speaker specialist spokesperson supervisor teacher therapist treasurer trustee vice visitor visitors ' +
    'vulnerable witness worker workers staff practitioner practitioners ' +
    // What the work is made of
    'access account act action actions acts adoption adult adults agenda agreement annex annual answer answers appendix approval ' +
    'article articles assessment assessments assurance attendance audit authorised bail bill briefing budget care carers case ' +
    'cases category chapter charter child children childrens circular clause closing code codes complaint complaints conduct ' +
    'conferences confidential consent constitution contact contract convention core corporate criminal criteria customer data ' +
    'day decision decisions declaration democratic development digital direct direction directions disability disclosure ' +
    'discussion document documents domestic draft duty duties early economic edge effective emergency employment england equality ' +
    'equalities european evidence exempt external fact factor file final finance financial first foster fostering freedom front ' +
    'full good grant green grounds guidance help hearing help home homes human improvement in-house induction information initial ' +
    'inquiry inspection internal international intervention investigation item key law learning legal letter level liaison liberty ' +
    'list local looked looked-after lords major management matters meeting meetings mental metropolitan minute minutes model mortality ' +
    'motion neglect note notes notice notices number observation office officer online order orders outcome outcomes overview page ' +
    'paper papers paragraph paragraphs parenting part parts pathway people performance permanence person personal plan plans planning policy ' +
    'policies political post practice pre-birth privacy private procedure procedures proceedings process profile project proposal ' +
    'protection protocol protocols provision purpose pupil quality quarter question questions record records recruitment reform ' +
    'referral referrals register registration regulation regulations relations report reports request requests residential resource ' +
    'resources response responses return right rights risk role room rule rules safe safeguarding safer safety schedule scheme science ' +
    'screening security select self serious session sexual short shadow sign standing standard standards state statement statements ' +
    'statistics statute statutory strategic strategy study subject summary supervision support survey system target technology terms test ' +
    'therapy threshold thresholds training transition transport treatment type undertaking update version victim violence vision visit ' +
    'visits voice walk week welfare white work working world year years together wellbeing well-being early-help ' +
    'women men mothers fathers citizens citizen advice refuge mind barnardo councillor’s cllr mps mp lords house afternoon morning evening ' +
    'civil corporate revenue customs highways planning licensing leisure environment environmental place places regeneration ' +
    'attorney procurator ofsted barnardos nspcc cafcass laming munro wood mcfarlane macalister gillick caldicott fraser bolam ' +
    'wednesbury nolan chatham microsoft google teams zoom windows excel word moderngov liquidlogic mosaic azeus ' +
    // Days, months, feasts
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september ' +
    'october november december spring summer autumn winter easter christmas new year eve bank holiday boxing good ' +
    // Nations, faiths
    'britain british cornish english european irish northern ireland scotland scottish united kingdom wales welsh great ' +
    'christian muslim jewish hindu sikh catholic anglican methodist roman gypsy traveller ukrainian polish romanian african caribbean ' +
    'asian american french german european commonwealth ' +
    // Places
    'north south east west northern southern eastern western central upper lower little old greater inner outer isle isles saint st ' +
    'road street lane avenue close drive gardens garden grove hill hall house park place square terrace way court crescent green field ' +
    'fields farm bridge castle cross mill moor wood woods water wells spa regis bay beach coast dale valley vale forest heath island ' +
    'islands lake river sea port quay station town towers hamlets keynes midlands midland york london yorkshire sussex kent essex ' +
    'cornwall devon dorset somerset surrey cumbria cumberland norfolk suffolk manchester birmingham liverpool leeds sheffield bristol ' +
    'newcastle tyne tees tyneside merseyside teesside humberside gateshead sunderland wolverhampton coventry leicester nottingham derby ' +
    'hull bradford wakefield kirklees calderdale barnsley doncaster rotherham milton tower waltham merthyr tydfil rhondda cynon taf ' +
    'blaenau gwent ynys mon môn neath talbot vale glamorgan lynn kings king queens queen edmunds hemel hempstead welwyn bognor weston ' +
    'bath cambridge oxford reading slough swindon telford wrekin wirral wigan bolton bury oldham rochdale salford stockport trafford ' +
    'tameside knowsley sefton halton warrington blackburn darwen blackpool lancashire cheshire staffordshire stoke trent dudley ' +
    'sandwell solihull walsall hackney haringey islington lambeth lewisham camden barnet brent ealing enfield barking dagenham bexley ' +
    'bromley croydon greenwich hillingdon hounslow merton newham redbridge richmond southwark sutton thames wandsworth westminster ' +
    'kensington chelsea fulham hammersmith harrow havering kingston cardiff swansea newport conwy gwynedd powys torfaen exampleshire example ' +
    // Groupings, and what stands before a noun
    'section annex option appendix stage phase tier group class figure table box box line zone area areas door desk'
  ).split(' '),
);

/** Words that have a capital where a sentence, a heading or a quotation begins. */
export const lowerWords: ReadonlySet<string> = new Set(
  (
    'lawful basis a about above according across after again against all almost along already also although always among an and another any ' +
    'anybody anyone anything are around as ask asked asking at attending away back be because been before behind being below ' +
    'beside besides between beyond both but by came can cannot cases clear come could dear did do does done down due during each ' +
    'either else enough even ever every everybody everyone everything except far few finally find for former former formerly found from ' +
    'further furthermore give given go had has have having he held her here him his how however i if in indeed instead into ' +
    'is it its itself just keep kind kindly last lastly late later latest least less let like likewise made make many me meanwhile ' +
    'might mine more moreover most much must my myself near nearly neither never nevertheless next no nobody none nor not nothing ' +
    'now of off often on once one only onto or other others otherwise our ours out over own per perhaps please ' +
    'possibly present previous previously quite rather read regarding same say see seen several she should show shows since ' +
    'so some somebody someone something sometimes soon still such take than thank thanks that the their theirs them then there ' +
    'therefore these they thing things this those though three through throughout thus to today tomorrow too toward towards two ' +
    'under unless unlike until up us use used using usually very via was we well were what whatever when whenever where ' +
    'whereas whether which while who whole whom whose why will with within without would yes yesterday yet you your yours ' +
    'nothing approved refused agreed objected noted said heard spoke met visited confirmed yours sincerely regards hello wants told says'
  ).split(' '),
);
