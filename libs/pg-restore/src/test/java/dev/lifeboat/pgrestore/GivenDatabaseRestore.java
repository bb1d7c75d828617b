package dev.lifeboat.pgrestore;

import java.nio.file.Path;
import java.sql.DriverManager;

/**
 * Restores an archive into a server that runs already, for src/test/scripts/regression-oracle.sh, which compares what comes out:
 * everything but the swap.
 */
final class GivenDatabaseRestore {
    private GivenDatabaseRestore() {}

    /**
     * @param arguments the archive, the server's {@code jdbc:postgresql://host:port/}, its superuser, and the database to make
     */
    public static void main(String[] arguments) {
        Dump dump = Dump.of(Path.of(arguments[0]));
        Databases databases = database -> DriverManager.getConnection(arguments[1] + database, arguments[2], "");
        RestoreTarget target = new RestoreTarget("oracle", arguments[3] + "_live", arguments[3], 1, true);

        CheckResult check = new Recovery(databases, dump, target).restore();

        check.mismatches().forEach(System.out::println);
        System.out.println(check.tables() + " tables, " + check.rows() + " rows, "
                + check.mismatches().size() + " not as they were dumped");
    }
}
