package text

import "github.com/vanhoutenbos/layer2/internal/markdown"

// sheet builds an answer as Markdown.
type sheet struct{ markdown.Page }
