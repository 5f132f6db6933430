module github.com/vanhoutenbos/layer2/evals/markdown

go 1.26.0

require (
	github.com/vanhoutenbos/layer2 v0.0.0
	github.com/yuin/goldmark v1.8.7
	go.yaml.in/yaml/v4 v4.0.0
)

require (
	github.com/bahlo/generic-list-go v0.2.0 // indirect
	github.com/buger/jsonparser v1.1.2 // indirect
	github.com/invopop/jsonschema v0.14.0 // indirect
	github.com/pb33f/ordered-map/v2 v2.3.1 // indirect
)

replace github.com/vanhoutenbos/layer2 => ../..
