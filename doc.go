// Package akhra holds the nouns of Akhra, a platform on which people teach a
// model to tell pictures apart: what a Project, an Item, a Task or an
// Annotation is, when one is valid, who may do what, and how an error speaks.
//
// The package does no input or output, reads no clock and starts nothing.
// Every other package of the house may import it; it imports none of them.
package akhra
