package dev.lifeboat.bench;

import picocli.CommandLine.Option;

/** What all the scripts understand. */
final class Options {
    @Option(names = "--pairs", paramLabel = "N", description = "Runs of each contender (default ${DEFAULT-VALUE}).")
    int pairs = 9;

    @Option(
            names = "--megabytes",
            paramLabel = "N",
            description = "Size of the database, with its indexes (default ${DEFAULT-VALUE}).")
    int megabytes = 2000;
}
