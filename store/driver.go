package store

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"slices"
)

// named gives arguments the form the driver wants, in room that may be used
// again once a statement has them bound.
func named(room []driver.NamedValue, args []any) ([]driver.NamedValue, error) {
	values := slices.Grow(room[:0], len(args))[:len(args)]
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
	switch v := v.(type) {
	case string:
		if to.Kind() == reflect.String {
			to.SetString(v)
			return nil
		}
	case int64:
		switch {
		case to.CanInt():
			to.SetInt(v)
			return nil
		case to.Kind() == reflect.Bool:
			to.SetBool(v != 0)
			return nil
		case to.CanFloat():
			to.SetFloat(float64(v))
			return nil
		}
	case float64:
		if to.CanFloat() {
			to.SetFloat(v)
			return nil
		}
	}
	return fmt.Errorf("%T for %s", v, to.Type())
}
