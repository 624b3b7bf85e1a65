// Reads a compose file as Docker does and prints it as JSON: checked against the specification, with the values of
// variables put in. Usage: compose-check FILE [NAME=VALUE…]
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	text, err := load(os.Args[1:2], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}

func load(files []string, variables []string) ([]byte, error) {
	options, err := cli.NewProjectOptions(files, cli.WithEnv(variables), cli.WithResolvedPaths(false))
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	return project.MarshalJSON()
}
