package framework

import "github.com/vanhoutenbos/layer2/internal/strict"

// Text is a string of the knowledge.
type Text = strict.Text

// Mistakes are all that is wrong with the knowledge.
type Mistakes = strict.Mistakes

// Mistake is one of them.
type Mistake = strict.Mistake
