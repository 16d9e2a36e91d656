// Package upkeep serves what whoever runs the server looks after: for now, how
// its backups are.
package upkeep
