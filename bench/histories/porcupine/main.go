// Judges the histories of a file with Porcupine (github.com/anishathalye/porcupine), in one thread, each once, and prints how
// many microseconds the median one took. Its worlds are no more than these histories need: a number, or a list of messages.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

type historyFile struct {
	Kind      string
	Histories []struct {
		Init int64
		Ops  [][]int64
	}
}

type input struct{ op, argument, id int64 }
type output struct{ result, id int64 }

func main() {
	runtime.GOMAXPROCS(1)
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	var file historyFile
	if err := json.Unmarshal(text, &file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	times := []float64{}
	for _, history := range file.Histories {
		var model porcupine.Model
		var operations []porcupine.Operation
		if file.Kind == "sem" {
			model, operations = semaphore(history.Init), semaphoreOperations(history.Ops)
		} else {
			model, operations = queue, queueOperations(history.Ops)
		}
		began := time.Now()
		porcupine.CheckOperations(model, operations)
		times = append(times, float64(time.Since(began).Nanoseconds())/1000)
	}
	sort.Float64s(times)
	fmt.Printf("%.1f\n", times[len(times)/2])
}

func semaphoreOperations(ops [][]int64) []porcupine.Operation {
	operations := []porcupine.Operation{}
	for _, op := range ops {
		operations = append(operations, porcupine.Operation{
			ClientId: int(op[0]), Input: input{op: op[1]}, Call: op[3], Output: output{result: op[2]}, Return: op[4],
		})
	}
	return operations
}

func queueOperations(ops [][]int64) []porcupine.Operation {
	operations := []porcupine.Operation{}
	for _, op := range ops {
		operations = append(operations, porcupine.Operation{
			ClientId: int(op[0]), Input: input{op[1], op[2], op[3]}, Call: op[6],
			Output: output{op[4], op[5]}, Return: op[7],
		})
	}
	return operations
}

// P, V, P that does not wait, GETVAL.
func semaphore(init int64) porcupine.Model {
	return porcupine.Model{
		Init: func() interface{} { return init },
		Step: func(state, in, out interface{}) (bool, interface{}) {
			value, result := state.(int64), out.(output).result
			switch in.(input).op {
			case 0:
				return value > 0, value - 1
			case 1:
				return true, value + 1
			case 2:
				if result == 0 {
					return value > 0, value - 1
				}
				return value == 0, value
			}
			return value == result, value
		},
		Equal: func(a, b interface{}) bool { return a == b },
	}
}

type message struct{ kind, id int64 }

// SND, RCV, RCV that does not wait, how many there are.
var queue = porcupine.Model{
	Init: func() interface{} { return []message(nil) },
	Step: func(state, in, out interface{}) (bool, interface{}) {
		messages, asked, told := state.([]message), in.(input), out.(output)
		switch asked.op {
		case 0:
			after := make([]message, len(messages)+1)
			copy(after, messages)
			after[len(messages)] = message{asked.argument, asked.id}
			return true, after
		case 3:
			return int64(len(messages)) == told.result, messages
		}
		place := selected(messages, asked.argument)
		if place < 0 {
			return asked.op == 2 && told.result == -1, messages
		}
		if messages[place] != (message{told.result, told.id}) {
			return false, messages
		}
		after := make([]message, 0, len(messages)-1)
		after = append(after, messages[:place]...)
		return true, append(after, messages[place+1:]...)
	},
	Equal: func(a, b interface{}) bool {
		one, two := a.([]message), b.([]message)
		if len(one) != len(two) {
			return false
		}
		for place := range one {
			if one[place] != two[place] {
				return false
			}
		}
		return true
	},
}

// As msgrcv: 0 the first, above 0 the first of the type, below 0 the first of the lowest type up to it; -1: none.
func selected(messages []message, selector int64) int {
	found := -1
	for place, each := range messages {
		switch {
		case selector == 0:
			return place
		case selector > 0:
			if each.kind == selector {
				return place
			}
		case each.kind <= -selector && (found < 0 || each.kind < messages[found].kind):
			found = place
		}
	}
	return found
}
