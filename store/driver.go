package store

import (
	"database/sql/driver"
	"fmt"
	"reflect"
)

// named gives arguments the form the driver wants.
func named(args []any) ([]driver.NamedValue, error) {
	values := make([]driver.NamedValue, len(args))
	for i, a := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return values, nil
}

// driverRow is one row as the driver gave it.
type driverRow []driver.Value

// Scan writes the row into pointers to texts, numbers and truth values of any
// named type.
func (r driverRow) Scan(targets ...any) error {
	if len(targets) != len(r) {
		return fmt.Errorf("%d columns for %d targets", len(r), len(targets))
	}
	for i, target := range targets {
		if err := assign(reflect.ValueOf(target).Elem(), r[i]); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func assign(to reflect.Value, v driver.Value) error {
	from := reflect.ValueOf(v)
	switch {
	case v == nil:
		return fmt.Errorf("no value for %s", to.Type())
	case to.Kind() == reflect.Bool && from.CanInt():
		to.SetBool(from.Int() != 0)
	case to.Kind() == reflect.String && from.Kind() != reflect.String:
		return fmt.Errorf("%T for %s", v, to.Type())
	case from.CanConvert(to.Type()):
		to.Set(from.Convert(to.Type()))
	default:
		return fmt.Errorf("%T for %s", v, to.Type())
	}
	return nil
}
