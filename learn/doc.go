// Package learn is the small model a project grows and the arithmetic of what to
// ask next and what may be promised: a logistic head over given vectors, its
// temperature, query scores, a diverse start, suspected errors and exact bounds.
// Numbers in, numbers out: it knows neither pictures, people nor where vectors come from.
package learn
