package sample

// Class is one thing the pictures show.
type Class struct {
	Name  string // English
	Hindi string
	Words string // the rule in one line, English
	Rule  string // the rule in Hindi
}

// Places of the classes in Classes.
const (
	Pest = iota
	Ladybird
	Beetle
	LeafOnly
	RotEater
)

// Classes lists what the pictures show, in the order of Picture.Class.
func Classes() []Class {
	return []Class{
		Pest:     {"Pest", "हानिकारक कीट", "caterpillar with a horn, eats healthy leaves", "सींग वाली इल्ली, स्वस्थ पत्ती खाती है"},
		Ladybird: {"Ladybird", "सोनपंखी", "round, with spots", "गोल, बिंदियों वाली"},
		Beetle:   {"Beetle", "भृंग", "hard back, straight line", "कड़ी पीठ, बीच में सीधी रेखा"},
		LeafOnly: {"Leaf only", "सिर्फ़ पत्ती", "no animal to be seen", "कोई जीव नहीं दिखता"},
		RotEater: {"Rot eater", "सड़न खाने वाली इल्ली", "banded caterpillar, eats only what is rotten", "धारीदार इल्ली, केवल सड़ा हिस्सा खाती है"},
	}
}
