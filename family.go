package akhra

// MaxFamily is how many classes may be asked about each picture one by one.
const MaxFamily = 20

// YesNo makes of a project one question of a family: the projects that ask
// about the same pictures, each whether one class is in them. So a picture may
// show several classes, and each class has its own consensus, model and
// certificate. The family has the name that the project had.
func (p Project) YesNo(family string, about Class, yes, no ClassID) (Project, LabelSet) {
	p.Family, p.About, p.AboutNames = family, about.Name, about.Names
	p.Name, p.Question = family+": "+about.Name, about.Name+"?"
	return p, LabelSet{ID: p.LabelSet, Version: 1, Classes: []Class{
		{ID: yes, Name: "yes", Names: map[string]string{"hi": "हाँ"}, Key: "1", Words: about.Words, Rules: about.Rules},
		{ID: no, Name: "no", Names: map[string]string{"hi": "नहीं"}, Key: "2"},
	}}
}
