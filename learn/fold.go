package learn

// Fold returns the fold of an item in 0..folds-1. It depends on the item's key and
// the seed only, so an item keeps its fold as a project grows.
func Fold(key string, seed uint64, folds int) int {
	if folds < 2 {
		return 0
	}
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h := uint64(offset) ^ mix(seed)
	for i := range len(key) {
		h = (h ^ uint64(key[i])) * prime
	}
	return int(mix(h) % uint64(folds))
}

// mix scatters every bit of z over the whole word (the finaliser of splitmix64).
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}
