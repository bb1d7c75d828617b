package dev.lifeboat.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Verification from S3, against {@code pg_restore -f /dev/null} and {@code gzip -t}, which read from the disk. */
@Command(name = "verify", description = "Measures verification against pg_restore -f /dev/null and gzip -t.")
final class VerifyBench implements Runnable {
    @Mixin
    private Options options = new Options();

    private final Series ours = new Series("verify, whole process");
    private final Series work = new Series("verify, without the JVM's start");
    private final Series pgRestore = new Series("pg_restore -f /dev/null");
    private final Series gzip = new Series("gzip -t");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new VerifyBench()).execute(arguments));
    }

    @Override
    public void run() {
        try (Workbench bench = Workbench.open()) {
            String database = SampleDatabase.SHOP.create(bench.postgres(), options.megabytes);
            Path archive = bench.dump(database, "custom", "shop.dump");
            Path payload = gzippedPayload(bench, archive);
            String sha256 = Digest.sha256(archive);
            System.out.printf(
                    Locale.ROOT,
                    "archive %d bytes, payload.gz %d bytes%n",
                    archive.toFile().length(),
                    payload.toFile().length());
            verify(bench, sha256); // fills the class archive and the page cache
            for (int pair = 1; pair <= options.pairs; pair++) {
                boolean oursFirst = pair % 2 == 1;
                if (oursFirst) {
                    addOurs(bench, sha256);
                }
                pgRestore.add(bench.program("pg_restore", "--file=/dev/null", archive.toString())
                        .seconds());
                gzip.add(Child.run(Map.of(), List.of("gzip", "-t", payload.toString()))
                        .seconds());
                if (!oursFirst) {
                    addOurs(bench, sha256);
                }
            }
        }
        print();
    }

    private void addOurs(Workbench bench, String sha256) {
        Child child = verify(bench, sha256);
        ours.add(child.seconds());
        work.add(child.steps().get("work"));
    }

    private static Child verify(Workbench bench, String sha256) {
        return Child.java(
                VerifyProgram.class,
                Map.of(),
                Child.likeSnapshot(VerifyProgram.class, bench.directory()),
                List.of(bench.endpoint(), "shop.dump", sha256));
    }

    /** What the archive holds, as one gzip file of pg_dump's own level. */
    private static Path gzippedPayload(Workbench bench, Path archive) {
        Path plain = bench.file("payload");
        bench.program("pg_restore", "--file=" + plain, archive.toString());
        Child.run(Map.of(), List.of("gzip", "-6", plain.toString()));
        return bench.file("payload.gz");
    }

    private void print() {
        List.of(ours, work, pgRestore, gzip).forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "Without the JVM's start: verify/pg_restore-null %.2f, verify/gzip-t %.2f%n",
                work.ratioTo(pgRestore),
                work.ratioTo(gzip));
        System.out.printf(Locale.ROOT, "verify/pg_restore-null = %.2f%n", ours.ratioTo(pgRestore));
        System.out.printf(Locale.ROOT, "verify/gzip-t = %.2f%n", ours.ratioTo(gzip));
    }
}
