// Command unreached has one function that nothing calls: .ci/steps holds the tool against it that should find such functions.
package main

func main() { reached() }

func reached() {}

func dead() {}
