package text

import "github.com/vanhoutenbos/layer2/internal/markdown"

// sheet is an answer as Markdown in the making.
type sheet struct{ markdown.Page }
