package decide

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/fact"
)

func TestParseReadsWhatCELReads(t *testing.T) {
	for _, test := range []struct {
		condition string
		known     map[string]fact.Value
		want      bool
	}{
		{`sunny`, map[string]fact.Value{"sunny": truth(true)}, true},
		{`sunny`, map[string]fact.Value{"sunny": truth(false)}, false},
		{`!sunny`, map[string]fact.Value{"sunny": truth(false)}, true},
		{`!!sunny`, map[string]fact.Value{"sunny": truth(true)}, true},
		{`sunny == true`, map[string]fact.Value{"sunny": truth(true)}, true},
		{`sunny == false`, map[string]fact.Value{"sunny": truth(true)}, false},
		{`sunny != false`, map[string]fact.Value{"sunny": truth(true)}, true},
		{`guests == 5`, map[string]fact.Value{"guests": count(5)}, true},
		{`guests == 5`, map[string]fact.Value{"guests": count(6)}, false},
		{`guests != 5`, map[string]fact.Value{"guests": count(6)}, true},
		{`guests != 0`, map[string]fact.Value{"guests": count(0)}, false},
		{`guests < 5`, map[string]fact.Value{"guests": count(4)}, true},
		{`guests < 5`, map[string]fact.Value{"guests": count(5)}, false},
		{`guests <= 5`, map[string]fact.Value{"guests": count(5)}, true},
		{`guests <= 5`, map[string]fact.Value{"guests": count(6)}, false},
		{`guests > 5`, map[string]fact.Value{"guests": count(5)}, false},
		{`guests > 5`, map[string]fact.Value{"guests": count(6)}, true},
		{`guests >= 5`, map[string]fact.Value{"guests": count(5)}, true},
		{`guests >= 5`, map[string]fact.Value{"guests": count(4)}, false},
		{`hours > 1`, map[string]fact.Value{"hours": quantity(1.25)}, true},
		{`hours > 1.5`, map[string]fact.Value{"hours": quantity(1.5)}, false},
		{`hours == 2`, map[string]fact.Value{"hours": quantity(2)}, true},
		{`hours == 0.1`, map[string]fact.Value{"hours": quantity(0.1)}, true},
		{`hours < 0.000000000000001`, map[string]fact.Value{"hours": quantity(0)}, true},
		{`hours <= 9007199254740990.0`, map[string]fact.Value{"hours": quantity(fact.Largest)}, false},
		{`place == "park"`, map[string]fact.Value{"place": choice("park")}, true},
		{`place != "park"`, map[string]fact.Value{"place": choice("park")}, false},
		{`place != "park"`, map[string]fact.Value{"place": choice("roof")}, true},
		{`food == []`, map[string]fact.Value{"food": members()}, true},
		{`food == [ ]`, map[string]fact.Value{"food": members("cake")}, false},
		{`food != []`, map[string]fact.Value{"food": members("cake")}, true},
		{`"cake" in food`, map[string]fact.Value{"food": members("bread", "cake")}, true},
		{`"cake" in food`, map[string]fact.Value{"food": members("bread")}, false},
		{`!("cake" in food)`, map[string]fact.Value{"food": members("bread")}, true},

		// && binds tighter than ||, ! tighter than both.
		{`sunny || hungry && wet`, map[string]fact.Value{"sunny": truth(true), "hungry": truth(false), "wet": truth(false)}, true},
		{`(sunny || hungry) && wet`, map[string]fact.Value{"sunny": truth(true), "hungry": truth(false), "wet": truth(false)}, false},
		{`!sunny && hungry`, map[string]fact.Value{"sunny": truth(true), "hungry": truth(false)}, false},
		{`!(sunny && hungry)`, map[string]fact.Value{"sunny": truth(true), "hungry": truth(false)}, true},
		{`sunny && hungry || wet && guests > 2`, map[string]fact.Value{
			"sunny": truth(true), "hungry": truth(false), "wet": truth(true), "guests": count(3)}, true},
		{"\tguests>2&&guests<5 ", map[string]fact.Value{"guests": count(3)}, true},
		{`((((guests > 2))))`, map[string]fact.Value{"guests": count(3)}, true},
	} {
		dictionary := picnicFacts(t)
		predicate, err := NewPredicate(dictionary, parse(t, dictionary, test.condition))
		if err != nil {
			t.Errorf("%s: %v", test.condition, err)
			continue
		}
		want := No
		if test.want {
			want = Yes
		}
		if got := predicate.Truth(situation(t, dictionary, test.known)); got != want {
			t.Errorf("%s with %v is %v, want %v", test.condition, test.known, got, want)
		}
	}
}

func TestParseRefusesEverythingElseWithItsPosition(t *testing.T) {
	deep := strings.Repeat("(", 70) + "sunny" + strings.Repeat(")", 70)
	for _, test := range []struct {
		condition string
		column    int
		problem   string
	}{
		{``, 1, `want a fact, found the end`},
		{`   `, 4, `want a fact, found the end`},
		{`guests`, 1, `guests is an integer and cannot stand alone: compare it`},
		{`food`, 1, `food is a set and cannot stand alone: compare it`},
		{`!place`, 2, `place is a choice and cannot stand alone: compare it`},
		{`!guests > 5`, 2, `guests is an integer and cannot stand alone: compare it`},
		{`!sunny == true`, 8, `! binds tighter than ==: put the comparison in parentheses`},
		{`!(sunny) == true`, 10, `! binds tighter than ==: put the comparison in parentheses`},
		{`!"cake" in food`, 2, `want a boolean fact or a parenthesis after !, found "cake"`},
		{`!`, 2, `want a boolean fact or a parenthesis after !, found the end`},
		{`1 < guests < 5`, 1, `a comparison starts with the fact: write the number after it`},
		{`guests > 1 > 0`, 12, `one comparison at a time: join two with &&`},
		{`guests == 1 == true`, 13, `one comparison at a time: join two with &&`},
		{`(guests > 1) == true`, 14, `unexpected ==`},
		{`"cake" in food == true`, 16, `unexpected ==`},
		{`guests > 2.5`, 10, `guests is an integer and cannot be compared with the decimal 2.5`},
		{`guests > 2.0`, 10, `guests is an integer and cannot be compared with the decimal 2.0`},
		{`guests > "5"`, 10, `guests is an integer and cannot be compared with "5"`},
		{`guests > hours`, 10, `guests is an integer and cannot be compared with hours`},
		{`guests >`, 9, `guests is an integer and cannot be compared with the end`},
		{`guests = 5`, 8, `unexpected '='`},
		{`guests > -1`, 10, `unexpected '-'`},
		{`guests > 1e3`, 10, `"1e3" is not a number: write digits, and a point between them if needed`},
		{`guests > 0x10`, 10, `"0x10" is not a number: write digits, and a point between them if needed`},
		{`guests > 5u`, 10, `"5u" is not a number: write digits, and a point between them if needed`},
		{`guests > 05`, 10, `"05": a number does not start with a zero`},
		{`hours > 1.`, 9, `"1." is not a number: write digits, and a point between them if needed`},
		{`hours > .5`, 9, `unexpected '.'`},
		{`hours > 1.2.3`, 9, `"1.2.3" is not a number: write digits, and a point between them if needed`},
		{`hours > 1234567890.123456`, 9, `1234567890.123456 has more than 15 significant digits`},
		{`hours > 0.1234567890123456`, 9, `0.1234567890123456 has more than 15 significant digits`},
		{`guests > 9007199254740993`, 10, `9007199254740993 has more than 15 significant digits`},
		{`guests > 10000000000000000`, 10, `10000000000000000 is larger than 9007199254740991`},
		{`sunny > true`, 7, `sunny is a boolean: it can only be compared with == and !=`},
		{`place < "park"`, 7, `place is a choice: it can only be compared with == and !=`},
		{`food > []`, 6, `food is a set: it can only be compared with == and !=`},
		{`sunny == 1`, 10, `sunny is a boolean and cannot be compared with 1`},
		{`sunny == "true"`, 10, `sunny is a boolean and cannot be compared with "true"`},
		{`food == ["cake"]`, 10, `a set can only be compared with []; test for a member with "x" in food`},
		{`food == "cake"`, 9, `food is a set and cannot be compared with "cake"`},
		{`"park" in place`, 11, `place is a choice: only a set has members`},
		{`"cake"`, 7, `want in after "cake", found the end`},
		{`"cake" == food`, 8, `want in after "cake", found ==`},
		{`"cake" in`, 10, `want a fact, found the end`},
		{`place in food`, 1, `place is a choice and cannot stand alone: compare it`},
		{`sunny hungry`, 7, `unexpected hungry`},
		{`sunny & hungry`, 7, `unexpected '&'`},
		{`sunny &&`, 9, `want a fact, found the end`},
		{`sunny && || hungry`, 10, `want a fact, found ||`},
		{`(sunny`, 7, `want ), found the end`},
		{`sunny)`, 6, `unexpected )`},
		{`()`, 2, `want a fact, found )`},
		{`sunny ? hungry : wet`, 7, `unexpected '?'`},
		{`size(food) > 1`, 1, `"size" is not a fact`},
		{`sunny and sunny`, 7, `write && for and`},
		{`sunny or sunny`, 7, `write || for or`},
		{`not sunny`, 1, `write ! for not`},
		{`place == 'park'`, 10, `unexpected '\''`},
		{`place == "park`, 10, `a string without its closing quote`},
		{`place == "pa\"rk"`, 10, `a string with an escape: values have none`},
		{"sunny &&\nhungry", 9, `unexpected '\n'`},
		{`sunny ü`, 7, `unexpected 'ü'`},
		{deep, 66, `nested deeper than 64`},
		{strings.Repeat("!", 70) + "sunny", 66, `nested deeper than 64`},
		{strings.Repeat("sunny && ", 500) + "sunny", 1, `longer than 4096 bytes`},
	} {
		_, err := Parse(test.condition, picnicFacts(t))
		var mistake *SyntaxError
		if !errors.As(err, &mistake) {
			t.Errorf("%.40s: %v, want a syntax error", test.condition, err)
		} else if mistake.Column != test.column || mistake.Problem != test.problem {
			t.Errorf("%.40s:\n got column %d: %s\nwant column %d: %s", test.condition, mistake.Column, mistake.Problem, test.column, test.problem)
		}
	}
}

func TestParseSuggestsTheNearestNames(t *testing.T) {
	for _, test := range []struct {
		condition string
		column    int
		name      string
		known     []string
	}{
		{`sunny && gests > 5`, 10, "gests", []string{"sunny", "hungry", "guests", "hours", "place", "food", "wet"}},
		{`place == "parc"`, 10, "parc", []string{"garden", "park", "beach", "roof"}},
		{`"cace" in food`, 1, "cace", []string{"bread", "cheese", "fruit", "cake"}},
	} {
		_, err := Parse(test.condition, picnicFacts(t))
		var mistake *SyntaxError
		if !errors.As(err, &mistake) {
			t.Fatalf("%s: %v, want a syntax error", test.condition, err)
		}
		if mistake.Column != test.column || mistake.Name != test.name || !slices.Equal(mistake.Known, test.known) {
			t.Errorf("%s: column %d, name %q, known %q", test.condition, mistake.Column, mistake.Name, mistake.Known)
		}
	}
}

func TestConditionKnowsItsFacts(t *testing.T) {
	dictionary := picnicFacts(t)
	condition := parse(t, dictionary, `wet || guests > 5 && !sunny || guests < 2`)
	if want := []int{0, 2, 6}; !slices.Equal(condition.Facts(), want) {
		t.Errorf("facts %v, want %v", condition.Facts(), want)
	}
	if !condition.Mentions(2) || condition.Mentions(1) {
		t.Error("it mentions guests and not hungry")
	}
	if condition.String() != `wet || guests > 5 && !sunny || guests < 2` {
		t.Errorf("as written: %s", condition)
	}
}
