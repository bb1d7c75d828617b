package dev.lifeboat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restores from S3, against pg_restore from the disk and against the manual procedure. */
@Command(name = "restore", description = "Measures restores against pg_restore -j2 and against download and psql.")
final class RestoreBench implements Runnable {
    @Mixin
    private Options options = new Options();

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Measures only 'whole' restores, or only the 'split' table.")
    private Part only;

    /** What the benchmark consists of. */
    private enum Part {
        WHOLE,
        SPLIT
    }

    /** One of the parts: the ratios of all of them are the last lines. */
    interface Comparison {
        void measure();

        void print();

        void printRatios();
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RestoreBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public void run() {
        try (Workbench bench = Workbench.open()) {
            Path globals = Files.writeString(
                    bench.file("globals.sql"),
                    bench.postgres()
                            .run("pg_dumpall", "--globals-only", "--no-role-passwords")
                            .orFail()
                            .output());
            List<Comparison> compared = new ArrayList<>();
            if (only != Part.SPLIT) {
                compared.add(new WholeRestores(bench, globals, options));
            }
            if (only != Part.WHOLE) {
                compared.add(new SplitTable(bench, globals, options));
            }
            compared.forEach(Comparison::measure);
            compared.forEach(Comparison::print);
            compared.forEach(Comparison::printRatios);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void printRatio(String name, double ratio) {
        System.out.printf(Locale.ROOT, "%s = %.2f%n", name, ratio);
    }

    /** Ours, in a process of its own. */
    static Child restore(Workbench bench, String key, Path globals, String what) {
        return Child.java(
                RestoreProgram.class,
                bench.postgres().environment(),
                Child.likeSnapshot(RestoreProgram.class, bench.directory()),
                List.of(bench.endpoint(), key, globals.toString(), what));
    }
}
