package dev.lifeboat.local.drill;

import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** What every drill begins with: the environment, the database, healthy applications, verified backups. */
final class Stage {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DrillEnvironment environment;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final Backups backups;

    Stage(DrillEnvironment environment, DrillData data, Console console, Checks checks) {
        this.environment = environment;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.backups = new Backups(environment, console);
    }

    Backups backups() {
        return backups;
    }

    /** Fills the database and waits until the applications are healthy with it. */
    void fill() {
        console.running("loading " + data.describe());
        try {
            data.load(environment.database());
        } catch (SQLException | IOException e) {
            throw new DrillFailure("Cannot load " + data.describe() + ": " + e.getMessage(), e);
        }
        console.say("PostgreSQL holds " + data.describe());
        console.running("waiting for the applications");
        Waiting.until("the applications to be healthy", PATIENCE, environment::healthy);
        console.running("");
        console.say("the applications answer from outside");
    }

    DatabaseState state() {
        try {
            return DatabaseState.of(environment.database());
        } catch (SQLException | IOException e) {
            throw new DrillFailure("Cannot write the database's state down: " + e.getMessage(), e);
        }
    }

    /** A backup that was verified on arrival. */
    Backups.Backup verifiedBackup() {
        Backups.Backup backup = backups.make();
        checks.check(
                "backup " + backup.id() + " is verified when it arrives",
                backup.verdict().status() == VerdictStatus.VERIFIED,
                backup.verdict().status() == VerdictStatus.VERIFIED
                        ? String.format(
                                "%,d rows in %d tables, %,d bytes",
                                Fingerprints.rows(backup.verdict().tables()),
                                backup.verdict().tables().size(),
                                backup.verdict().size())
                        : backup.verdict().status() + " " + backup.verdict().reasons());
        return backup;
    }

    /** Checks that the live database holds exactly what the backup held at its snapshot. */
    void checkRows(String name, Backups.Backup backup) {
        try {
            var expected = backup.verdict().tables();
            var found = Fingerprints.of(environment.database(), Names.DATABASE, expected);
            checks.same(
                    name,
                    Fingerprints.difference(expected, found),
                    String.format("%,d rows, fingerprints of %d tables", Fingerprints.rows(found), found.size()));
            checks.check(
                    name + " (counted by the script)",
                    backup.manifest().tables().stream()
                            .allMatch(table -> found.stream()
                                    .anyMatch(other -> other.schema().equals(table.schema())
                                            && other.name().equals(table.name())
                                            && other.rows() == table.rows())),
                    backup.manifest().tables().size() + " tables of the manifest");
        } catch (SQLException | IOException e) {
            checks.check(name, false, "cannot be read: " + e.getMessage());
        }
    }

    /** Checks that roles, owners, grants, settings and schema are as they were. */
    void checkState(DatabaseState before) {
        DatabaseState after = state();
        before.parts()
                .forEach((part, lines) -> checks.same(
                        part,
                        DatabaseState.difference(lines, after.parts().get(part)),
                        lines.size() + (lines.size() == 1 ? " line" : " lines") + " as before"));
    }

    /** @param name what is checked: which machine's execution it is */
    void checkEnd(String name, ExecutionDescription execution) {
        checks.check(
                name,
                execution.status() == ExecutionStatus.SUCCEEDED,
                execution.status()
                        + (execution.error() == null ? "" : ": " + execution.error() + ": " + execution.cause()));
    }

    void checkHealth() {
        checks.check(
                "the applications are healthy from outside",
                environment.healthy(),
                String.join(", ", environment.healthUrls()));
    }

    void checkUnknownRequests() {
        checks.same(
                "no fake got a request that it does not know",
                String.join("; ", environment.unknownRequests()),
                "none");
    }

    void checkDns() {
        String expected = environment.loadBalancer();
        for (String host : new String[] {Names.APP_HOST, Names.API_HOST}) {
            String found = environment.cloudflare().records(host).stream()
                    .map(record -> record.type() + " " + record.content())
                    .reduce("", (one, other) -> one.isEmpty() ? other : one + ", " + other);
            checks.check("DNS of " + host + " leads to the load balancer", found.equals("CNAME " + expected), found);
        }
    }
}
