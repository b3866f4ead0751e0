// Command verify-bundle checks an offline bundle of the audit trail. It shares nothing with the service but the
// formats: signatures, consistency and inclusion are checked by the packages that the Go project wrote for its own
// log, golang.org/x/mod/sumdb/note and tlog; canonical JSON (RFC 8785) is written below.
//
//	verify-bundle [-key file] folder
//
// With -key, the bundle's key has to be the one in that file. It exits with 0 when everything holds, and with 1 and the
// first fault on stderr when something does not.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// fail ends the program with the first fault. It is the only way out but the end of main.
func fail(file, format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, "%s: %s\n", file, fmt.Sprintf(format, args...))
	os.Exit(1)
}

func must(file string, err error) {
	if err != nil {
		fail(file, "%v", err)
	}
}

var folder string

func read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
	must(name, err)
	return data
}

func exists(name string) bool {
	_, err := os.Lstat(filepath.Join(folder, filepath.FromSlash(name)))
	return err == nil
}

// quote writes a string as RFC 8785, 3.2.2.2 has it: only what has to be escaped is.
func quote(out *bytes.Buffer, s string) {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}
	out.WriteByte('"')
	for _, r := range s {
		if escaped, ok := short[r]; ok {
			out.WriteString(escaped)
		} else if r < 0x20 {
			fmt.Fprintf(out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
}

// number writes a number as ECMAScript does (RFC 8785, 3.2.2.3): the fewest digits that are read back as the same
// number, without an exponent from 1e-6 up to below 1e21.
func number(f float64) string {
	if f == 0 {
		return "0"
	}
	sign := ""
	if f < 0 {
		sign = "-"
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'e', -1, 64), "e")
	digits := strings.Replace(mantissa, ".", "", 1)
	e, _ := strconv.Atoi(exponent)
	point := e + 1 // how many digits stand before the point
	switch {
	case point > 0 && point <= 21 && len(digits) <= point:
		return sign + digits + strings.Repeat("0", point-len(digits))
	case point > 0 && point <= 21:
		return sign + digits[:point] + "." + digits[point:]
	case point > -6 && point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + digits
	}
	if len(digits) > 1 {
		digits = digits[:1] + "." + digits[1:]
	}
	return fmt.Sprintf("%s%se%+d", sign, digits, e)
}

// canonical writes what encoding/json decoded into an interface as RFC 8785 has it.
func canonical(out *bytes.Buffer, value interface{}) {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case float64:
		out.WriteString(number(v))
	case string:
		quote(out, v)
	case []interface{}:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			canonical(out, item)
		}
		out.WriteByte(']')
	case map[string]interface{}:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		// In the order of their UTF-16 code units, which is not that of their bytes.
		sort.Slice(keys, func(i, j int) bool {
			a, b := utf16.Encode([]rune(keys[i])), utf16.Encode([]rune(keys[j]))
			for n := 0; n < len(a) && n < len(b); n++ {
				if a[n] != b[n] {
					return a[n] < b[n]
				}
			}
			return len(a) < len(b)
		})
		out.WriteByte('{')
		for i, key := range keys {
			if i > 0 {
				out.WriteByte(',')
			}
			quote(out, key)
			out.WriteByte(':')
			canonical(out, v[key])
		}
		out.WriteByte('}')
	}
}

func canonicalOf(value interface{}) []byte {
	var out bytes.Buffer
	canonical(&out, value)
	return out.Bytes()
}

// readJSON reads a file that has to be canonical, byte for byte: so no member is there twice or hidden.
func readJSON(name string, data []byte) interface{} {
	var value interface{}
	must(name, json.Unmarshal(data, &value))
	if !bytes.Equal(canonicalOf(value), data) {
		fail(name, "not canonical JSON")
	}
	return value
}

func object(name string, value interface{}) map[string]interface{} {
	members, ok := value.(map[string]interface{})
	if !ok {
		fail(name, "no object where one should be")
	}
	return members
}

func list(name string, value interface{}) []interface{} {
	items, ok := value.([]interface{})
	if !ok {
		fail(name, "no list where one should be")
	}
	return items
}

func text(name string, value interface{}) string {
	s, ok := value.(string)
	if !ok {
		fail(name, "no text where some should be")
	}
	return s
}

// whole is a size or an index.
func whole(name string, value interface{}) int64 {
	f, ok := value.(float64)
	if !ok || f < 0 || f != math.Trunc(f) || f > 1<<53-1 {
		fail(name, "no whole number where one should be")
	}
	return int64(f)
}

func decimal(name, line string) int64 {
	n, err := strconv.ParseInt(line, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != line {
		fail(name, "no whole number where one should be")
	}
	return n
}

func hash(name, line string) tlog.Hash {
	h, err := tlog.ParseHash(line)
	if err != nil || h.String() != line {
		fail(name, "a line is not a hash")
	}
	return h
}

func checkpoint(name string, key note.Verifier) tlog.Tree {
	opened, err := note.Open(read(name), note.VerifierList(key))
	must(name, err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		fail(name, "not a checkpoint of %s", key.Name())
	}
	return tlog.Tree{N: decimal(name, lines[1]), Hash: hash(name, lines[2])}
}

// proof reads a file of lines above an empty one, with the new checkpoint below.
func proof(name string, head string, newNote []byte) []tlog.Hash {
	above, below, found := strings.Cut(string(read(name)), "\n\n")
	if !found || below != string(newNote) {
		fail(name, "the proof is not to new.checkpoint")
	}
	if !strings.HasPrefix(above+"\n", head+"\n") {
		fail(name, "the proof does not begin with %q", head)
	}
	var hashes []tlog.Hash
	for _, line := range strings.Split(above, "\n")[strings.Count(head, "\n")+1:] {
		hashes = append(hashes, hash(name, line))
	}
	return hashes
}

// closedFields reads a list of the manifest: which fields of which leaves are not opened.
func closedFields(name string, value interface{}, from, to int64) map[int64][]string {
	closed := map[int64][]string{}
	for _, item := range list(name, value) {
		entry := object(name, item)
		index := whole(name, entry["index"])
		if _, twice := closed[index]; twice || index < from || index >= to {
			fail(name, "values of leaf %d are closed twice, or it is not here", index)
		}
		for _, field := range list(name, entry["fields"]) {
			closed[index] = append(closed[index], text(name, field))
		}
	}
	return closed
}

// values checks that each field that the leaf committed to is opened or closed, and that what is opened fits.
func values(index int64, leaf []byte, closed []string) (opened int64) {
	leafName, name := fmt.Sprintf("leaves/%d.json", index), fmt.Sprintf("disclosures/%d.json", index)
	open := object(leafName, object(leafName, readJSON(leafName, leaf))["commitments"])
	for _, field := range closed {
		if _, there := open[field]; !there {
			fail("manifest.json", "leaf %d has no %s to close", index, field)
		}
		delete(open, field)
	}
	if exists(name) {
		for _, item := range list(name, readJSON(name, read(name))) {
			entry := object(name, item)
			field := text(name, entry["field"])
			salt, err := base64.RawURLEncoding.Strict().DecodeString(text(name, entry["salt"]))
			if err != nil || len(salt) != 32 || len(entry) != 3 {
				fail(name, "not a field, a salt of 32 bytes and a value")
			}
			mac := hmac.New(sha256.New, salt)
			mac.Write([]byte(field + "\x00"))
			mac.Write(canonicalOf(entry["value"]))
			if open[field] != base64.RawURLEncoding.EncodeToString(mac.Sum(nil)) {
				fail(name, "the %s is not what was recorded", field)
			}
			delete(open, field)
			opened++
		}
		if opened == 0 {
			fail(name, "nothing is opened")
		}
	}
	for field := range open {
		fail(name, "the %s is missing", field)
	}
	return opened
}

// names checks that there is no file but those of the bundle. That each of those is there shows by reading it.
func names(from, to int64) {
	fixed := map[string]bool{}
	for _, name := range []string{"log.vkey", "old.checkpoint", "new.checkpoint", "consistency.txt", "manifest.json", "README.txt"} {
		fixed[name] = true
	}
	must(folder, filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		name := filepath.ToSlash(relative)
		dir, base, _ := strings.Cut(name, "/")
		suffix := map[string]string{"leaves": ".json", "proofs": ".tlog-proof", "disclosures": ".json"}[dir]
		if !fixed[name] {
			if suffix == "" || !strings.HasSuffix(base, suffix) {
				fail(name, "the file does not belong here")
			}
			if index := decimal(name, strings.TrimSuffix(base, suffix)); index < from || index >= to {
				fail(name, "the file does not belong here")
			}
		}
		return err
	}))
}

func main() {
	keyFile := flag.String("key", "", "a file with the key that the bundle has to have")
	flag.Parse()
	if flag.NArg() != 1 {
		fail("verify-bundle", "name one folder")
	}
	folder = flag.Arg(0)

	vkey := strings.TrimSuffix(string(read("log.vkey")), "\n")
	if *keyFile != "" {
		known, err := os.ReadFile(*keyFile)
		must(*keyFile, err)
		if strings.TrimSpace(string(known)) != vkey {
			fail("log.vkey", "another key than the known one")
		}
	}
	key, err := note.NewVerifier(vkey)
	must("log.vkey", err)

	older, newer := checkpoint("old.checkpoint", key), checkpoint("new.checkpoint", key)
	newNote := read("new.checkpoint")
	treeProof := proof("consistency.txt", fmt.Sprintf("old %d", older.N), newNote)
	if older.N == 0 {
		// Every tree begins with the empty one; the package does not take it for a tree.
		if older.Hash != sha256.Sum256(nil) || len(treeProof) > 0 {
			fail("consistency.txt", "not the proof of an empty tree")
		}
	} else {
		must("consistency.txt", tlog.CheckTree(treeProof, newer.N, newer.Hash, older.N, older.Hash))
	}

	manifest := object("manifest.json", readJSON("manifest.json", read("manifest.json")))
	digest := manifest["digest"]
	delete(manifest, "digest")
	if sum := sha256.Sum256(canonicalOf(manifest)); digest != hex.EncodeToString(sum[:]) {
		fail("manifest.json", "the digest is wrong")
	}
	from, to := whole("manifest.json", manifest["from"]), whole("manifest.json", manifest["to"])
	if manifest["origin"] != key.Name() || to != newer.N || from > older.N {
		fail("manifest.json", "not the leaves from the old tree to the end of the new one")
	}
	names(from, to)
	erased := closedFields("manifest.json", manifest["erased"], from, to)
	withheld := closedFields("manifest.json", manifest["withheld"], from, to)

	counts := map[string]int64{"leaves": to - from}
	for index := from; index < to; index++ {
		leaf := read(fmt.Sprintf("leaves/%d.json", index))
		name := fmt.Sprintf("proofs/%d.tlog-proof", index)
		recordProof := proof(name, fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d", index), newNote)
		must(name, tlog.CheckRecord(recordProof, newer.N, newer.Hash, index, tlog.RecordHash(leaf)))
		closed := append(append([]string{}, erased[index]...), withheld[index]...)
		counts["opened"] += values(index, leaf, closed)
		counts["erased"] += int64(len(erased[index]))
		counts["withheld"] += int64(len(withheld[index]))
	}
	for what, count := range object("manifest.json", manifest["counts"]) {
		if whole("manifest.json", count) != counts[what] {
			fail("manifest.json", "the count of %s is wrong", what)
		}
	}
	for name, sum := range object("manifest.json", manifest["files"]) {
		if found := sha256.Sum256(read(name)); sum != hex.EncodeToString(found[:]) {
			fail(name, "not the file that the manifest knows")
		}
	}
	fmt.Printf("%d leaves of %s hold.\n", to-from, key.Name())
}
