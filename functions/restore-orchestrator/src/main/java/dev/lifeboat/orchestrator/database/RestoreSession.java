package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.ByteSource;
import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.DumpFormat;
import dev.lifeboat.pgrestore.DatabaseRestore;
import dev.lifeboat.pgrestore.Databases;
import dev.lifeboat.pgrestore.MissingRoles;
import dev.lifeboat.pgrestore.ProgressMeter;
import dev.lifeboat.pgrestore.RestoreException;
import dev.lifeboat.pgrestore.RestoreObserver;
import dev.lifeboat.pgrestore.RestoreTarget;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;

/** Opens what a step of a restore needs, and says in the contract's errors how it failed. Thread-safe. */
final class RestoreSession {
    /** One step of a restore. */
    @FunctionalInterface
    interface Step<T> {
        T run(DatabaseRestore restore, RestoreDocument document, Databases databases);
    }

    /** Adds up what a step does; made from the plan, and from the restore that it then observes. */
    @FunctionalInterface
    interface Metering {
        ProgressMeter meter(RestoreDocument document, DatabaseRestore restore);
    }

    /** One step of a restore that tells how it goes on. */
    @FunctionalInterface
    interface MeteredStep<T> {
        T run(DatabaseRestore restore, RestoreDocument document, ProgressMeter meter);
    }

    /** One step that needs no archive. */
    @FunctionalInterface
    interface DatabaseStep<T> {
        T run(Databases databases);
    }

    private final RestoreDocuments documents;
    private final Function<RestoreDocument.PinnedObject, ByteSource> archives;
    private final TargetLogins logins;

    RestoreSession(
            RestoreDocuments documents,
            Function<RestoreDocument.PinnedObject, ByteSource> archives,
            TargetLogins logins) {
        this.documents = documents;
        this.archives = archives;
        this.logins = logins;
    }

    /** With the archive open. A plain dump is read to its end for it. */
    <T> T withArchive(RecoveryScope scope, String planKey, Step<T> step) {
        RestoreDocument document = documents.readPlan(scope, planKey);
        return translating(() -> {
            try (DumpContents archive =
                    DumpFormat.of(document.archive().key()).open(archives.apply(document.archive()))) {
                return run(scope, document, archive, step);
            }
        });
    }

    /** With the archive open, and a meter that also writes to the log now and then. */
    <T> T withMeter(RecoveryScope scope, String planKey, Metering metering, MeteredStep<T> step) {
        RestoreDocument document = documents.readPlan(scope, planKey);
        return translating(() -> {
            try (DumpContents archive =
                    DumpFormat.of(document.archive().key()).open(archives.apply(document.archive()))) {
                Databases databases = databases(scope);
                RestoreTarget target = target(scope, document.restoreDatabase());
                ProgressMeter meter = metering.meter(document, new DatabaseRestore(databases, archive, target));
                RestoreObserver observer = new LoggedProgress(meter, Clock.systemUTC());
                return step.run(new DatabaseRestore(databases, archive, target, observer), document, meter);
            }
        });
    }

    /** Without: for what happens between databases. */
    <T> T withoutArchive(RecoveryScope scope, String planKey, Step<T> step) {
        RestoreDocument document = documents.readPlan(scope, planKey);
        return translating(() -> run(scope, document, null, step));
    }

    /** Without a plan either. */
    <T> T withDatabases(RecoveryScope scope, DatabaseStep<T> step) {
        return translating(() -> step.run(databases(scope)));
    }

    private <T> T run(RecoveryScope scope, RestoreDocument document, DumpContents archive, Step<T> step) {
        Databases databases = databases(scope);
        RestoreTarget target = target(scope, document.restoreDatabase());
        return step.run(new DatabaseRestore(databases, archive, target), document, databases);
    }

    static RestoreTarget target(RecoveryScope scope, String restoreDatabase) {
        Target target = scope.target();
        // A drill leaves the server's roles alone: they are the live database's too.
        boolean createMissingRoles = target.purpose() == Target.Purpose.LIVE;
        return new RestoreTarget(
                target.name(),
                target.database(),
                restoreDatabase,
                scope.token(),
                createMissingRoles,
                target.missingRoles() == Target.MissingRoles.LEAVE_OUT ? MissingRoles.LEAVE_OUT : MissingRoles.REFUSE);
    }

    /** For what happens between databases: nothing uses the restore's name or archive, but a restore has to have a name. */
    static DatabaseRestore betweenDatabases(Databases databases, RecoveryScope scope) {
        return new DatabaseRestore(databases, null, target(scope, scope.target().database() + "_restore"));
    }

    private Databases databases(RecoveryScope scope) {
        PostgresLogin administrator = logins.administrator(scope.target());
        ConnectionLimits limits =
                ConnectionLimits.work("lifeboat " + scope.target().name() + " " + scope.token());
        return database -> administrator.connect(database, limits);
    }

    private interface Body<T> {
        T run() throws IOException;
    }

    private static <T> T translating(Body<T> body) {
        try {
            return body.run();
        } catch (RestoreException e) {
            throw RestoreFaults.translate(e);
        } catch (ArchiveException e) {
            throw RestoreFaults.translate(e);
        } catch (IOException e) {
            throw new StorageUnavailableException(
                    "The archive cannot be read: " + e.getMessage() + ".",
                    "It is tried again; if that goes on, look at the AWS Health Dashboard.",
                    e);
        }
    }
}
