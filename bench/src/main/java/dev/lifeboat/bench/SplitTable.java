package dev.lifeboat.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of a database that is mostly one table, without its indexes: what can be split, and what pg_restore can't. */
final class SplitTable implements RestoreBench.Comparison {
    private static final String KEY = "one-table.dump";

    private final Workbench bench;
    private final Path globals;
    private final Options options;
    private final Targets targets;
    private final Series ours = new Series("one table's rows, whole process");
    private final Map<String, Series> steps = new LinkedHashMap<>();
    private final Series pgRestore = new Series("pg_restore -j2, pre-data and data");

    SplitTable(Workbench bench, Path globals, Options options) {
        this.bench = bench;
        this.globals = globals;
        this.options = options;
        this.targets = new Targets(bench);
    }

    @Override
    public void measure() {
        String database = SampleDatabase.ONE_TABLE.create(bench.postgres(), options.megabytes);
        Path archive = bench.dump(database, "custom", KEY);
        bench.postgres().psql("postgres", "DROP DATABASE " + database);
        for (int pair = 1; pair <= options.pairs; pair++) {
            if (pair % 2 == 1) {
                restore();
            }
            pgRestore(archive);
            if (pair % 2 == 0) {
                restore();
            }
        }
    }

    private void restore() {
        targets.forOurs();
        Child child = RestoreBench.restore(bench, KEY, globals, RestoreProgram.ROWS);
        ours.add(child.seconds());
        child.steps()
                .forEach((name, number) ->
                        steps.computeIfAbsent(name, Series::ofStep).add(number));
        targets.clear();
    }

    private void pgRestore(Path archive) {
        String database = targets.forPeer();
        pgRestore.add(bench.program(
                        "pg_restore",
                        "--jobs=2",
                        "--section=pre-data",
                        "--section=data",
                        "--dbname=" + database,
                        archive.toString())
                .seconds());
        targets.clear();
    }

    @Override
    public void print() {
        System.out.println(ours);
        steps.values().forEach(System.out::println);
        System.out.println(pgRestore);
    }

    @Override
    public void printRatios() {
        RestoreBench.printRatio("split-table", ours.ratioTo(pgRestore));
    }
}
