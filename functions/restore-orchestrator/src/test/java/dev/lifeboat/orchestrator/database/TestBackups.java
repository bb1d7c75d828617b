package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.StoredManifest;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import java.time.Instant;
import java.util.List;

/** Entries of a catalogue, made up. */
final class TestBackups {
    static final String SHA = "0123456789abcdef".repeat(4);
    private static final Instant AT = Instant.parse("2026-11-23T03:00:00Z");

    private TestBackups() {}

    static CatalogueEntry verified(String id, TableFingerprint... tables) {
        return entry(id, verdict(id, VerdictStatus.VERIFIED, List.of(), List.of(tables)));
    }

    static CatalogueEntry judged(String id, VerdictStatus status, String reason) {
        return entry(id, verdict(id, status, List.of(reason), List.of()));
    }

    static CatalogueEntry unjudged(String id) {
        return entry(id, null);
    }

    static CatalogueEntry unreadable(String id, String why) {
        return new CatalogueEntry(id, BucketLayout.manifestKey(id), "m1", null, null, why);
    }

    static TableFingerprint table(String name, long rows) {
        return new TableFingerprint("public", name, rows, "0".repeat(32));
    }

    private static CatalogueEntry entry(String id, Verdict verdict) {
        String key = BucketLayout.manifestKey(id);
        return new CatalogueEntry(id, key, "m1", new StoredManifest(key, "m1", AT, manifest(id)), verdict, null);
    }

    private static Verdict verdict(
            String id, VerdictStatus status, List<String> reasons, List<TableFingerprint> tables) {
        return new Verdict(
                1,
                id,
                status,
                reasons,
                AT.plusSeconds(60),
                "bucket",
                BucketLayout.manifestKey(id),
                "m1",
                "dumps/" + id + ".dump",
                "d1",
                10,
                SHA,
                5,
                tables);
    }

    static BackupManifest manifest(String id) {
        BackupObject dump =
                new BackupObject("dumps/" + id + ".dump", "d1", 10, SHA, BackupObject.PART_SIZE, List.of(SHA));
        BackupObject globals =
                new BackupObject("dumps/" + id + ".globals.sql", null, 1, SHA, BackupObject.PART_SIZE, List.of(SHA));
        BackupKind kind = id.startsWith("daily") ? BackupKind.DAILY : BackupKind.RECENT;
        return new BackupManifest(
                1, id, kind, "app", "15.18", "15.18", "0/1", AT, AT, AT, dump, globals, null, List.of());
    }
}
