package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ByteSource;
import dev.lifeboat.pgarchive.DumpFormat;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;

/**
 * Verifies a backup: every object against its checksums, and while the dump is read for those, its structure, every
 * compressed block and every table's rows. Constant memory, no disk. Thread-safe.
 */
final class Verification {
    /** Told how far the reading of the dump has come; throws {@link OutOfTimeException} to end it. */
    interface TimeLeft {
        void check();
    }

    private final BackupCatalogue catalogue;
    private final ObjectCheck objects;
    private final ConfigCheck config;
    private final PlausibilityCheck plausibility;
    private final Clock clock;

    Verification(BackupCatalogue catalogue, ObjectCheck objects, Clock clock) {
        this.catalogue = catalogue;
        this.objects = objects;
        this.config = new ConfigCheck(objects);
        this.plausibility = new PlausibilityCheck(catalogue);
        this.clock = clock;
    }

    /**
     * @param entry the backup as it lies in the bucket now
     * @param compareWithPrevious whether one that shrank is suspicious
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not answer: there is no verdict then
     */
    Verdict verify(CatalogueEntry entry, boolean compareWithPrevious, TimeLeft time) {
        return verify(
                entry,
                compareWithPrevious,
                clock.instant(),
                (manifest, findings) -> checkDump(manifest, time, findings));
    }

    /** Looks at the dump, and tells {@code findings} of it. */
    interface DumpCheck {
        void check(BackupManifest manifest, Findings findings);
    }

    /** As above, with another look at the dump, which began at {@code start}. */
    Verdict verify(CatalogueEntry entry, boolean compareWithPrevious, Instant start, DumpCheck dump) {
        Findings findings = new Findings();
        BackupManifest manifest = entry.manifest();
        if (manifest == null) {
            findings.corrupt(entry.unusable());
        } else {
            checkManifest(manifest, findings);
            dump.check(manifest, findings);
            objects.check("The roles' file", manifest.globals(), ObjectCheck.CHECKSUMS_ALONE, findings);
            config.check(manifest, findings);
            // A backup that was verified once stays so: what came after it says nothing about it.
            if (findings.status() == VerdictStatus.VERIFIED && compareWithPrevious && !entry.verified()) {
                plausibility.check(manifest, findings);
            }
        }
        return verdict(entry, findings, start);
    }

    private static void checkManifest(BackupManifest manifest, Findings findings) {
        String prefix = "dumps/" + manifest.backupId() + ".";
        for (BackupObject object : new BackupObject[] {manifest.dump(), manifest.globals(), manifest.config()}) {
            if (object != null && !object.key().startsWith(prefix)) {
                findings.corrupt("The manifest of " + manifest.backupId() + " names the object " + object.key()
                        + ", expected a key that begins with '" + prefix + "'.");
            }
        }
        if (!manifest.backupId().startsWith(manifest.kind().folder() + "/")) {
            findings.corrupt("The manifest of " + manifest.backupId() + " says that its kind is "
                    + manifest.kind().folder() + ", expected the folder that it lies in.");
        }
    }

    private void checkDump(BackupManifest manifest, TimeLeft time, Findings findings) {
        DumpFormat format = DumpFormat.of(manifest.dump().key());
        DumpReader reader = new DumpReader(format, time);
        ObjectCheck.Result result;
        try {
            result = objects.check("The dump", manifest.dump(), reader, findings);
        } catch (OutOfTimeException e) {
            findings.unverifiable(
                    "The function ran out of time after " + reader.bytesRead + " of "
                            + manifest.dump().size() + " bytes of "
                            + manifest.dump().key() + "."
                            + (format == DumpFormat.ARCHIVE
                                    ? ""
                                    : " A plain dump is verified by one function alone: one of pg_dump's custom format can be larger."));
            return;
        }
        if (result == null) {
            return;
        }
        findings.dump(result.size(), result.sha256());
        report(reader.found, manifest, findings);
    }

    static void report(ArchiveVerification found, BackupManifest manifest, Findings findings) {
        if (found.unsupported()) {
            found.problems().forEach(findings::unverifiable);
            return;
        }
        found.problems().forEach(findings::corrupt);
        if (found.header() != null) {
            // A plain dump names its database only when it creates it.
            String database = found.header().databaseName();
            if (database != null && !database.equals(manifest.database())) {
                findings.corrupt("The archive is a dump of database '" + database + "', expected '"
                        + manifest.database() + "' as the manifest says.");
            }
            TableCheck.check(manifest.tables(), found, findings);
        }
    }

    private Verdict verdict(CatalogueEntry entry, Findings findings, Instant start) {
        Instant end = clock.instant();
        BackupObject dump = entry.manifest() == null ? null : entry.manifest().dump();
        return new Verdict(
                1,
                entry.backupId(),
                findings.status(),
                findings.reasons(),
                findings.warnings(),
                end,
                catalogue.bucket(),
                entry.manifestKey(),
                entry.manifestVersionId(),
                dump == null ? null : dump.key(),
                dump == null ? null : dump.versionId(),
                findings.size(),
                findings.sha256(),
                end.toEpochMilli() - start.toEpochMilli(),
                findings.tables());
    }

    /** Verifies the dump while its checksums are taken. */
    private static final class DumpReader implements ObjectCheck.Reader {
        private final DumpFormat format;
        private final TimeLeft time;
        private ArchiveVerification found;
        private volatile long bytesRead;

        DumpReader(DumpFormat format, TimeLeft time) {
            this.format = format;
            this.time = time;
        }

        @Override
        public void read(ByteSource source, InputStream bytes) throws IOException {
            found = format.verify(source, bytes, (read, entry) -> {
                bytesRead = read;
                time.check();
            });
        }
    }
}
