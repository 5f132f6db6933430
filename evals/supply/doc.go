// Package supply reads the files that say what is downloaded to build, test and use layer2, and the gate's own lists. Names that their
// owner can point elsewhere are refused: every action is pinned by commit and every image by digest.
package supply
