package dev.lifeboat.aws;

import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BucketLayout;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * The keys of all manifests, newest first by the time in their names. S3 lists in byte order only, the oldest first; so this asks once
 * which days there are, and then lists one day after the other, as far as it is asked to. Not thread-safe.
 */
final class ManifestKeys implements Iterator<String> {
    private final SmallObjects objects;
    private final Instant notAfter;
    private final Queue<String> days;
    private final Queue<String> keys = new ArrayDeque<>();

    ManifestKeys(SmallObjects objects, Instant notAfter) {
        this.objects = objects;
        this.notAfter = notAfter;
        this.days = new ArrayDeque<>(Arrays.stream(BackupKind.values())
                .flatMap(this::days)
                .filter(day -> !startOf(day).isAfter(notAfter))
                .distinct()
                .sorted(Comparator.comparing(ManifestKeys::startOf)
                        .thenComparing(day -> day)
                        .reversed())
                .toList());
    }

    private Stream<String> days(BackupKind kind) {
        String prefix = BucketLayout.dumps(kind);
        return objects.commonPrefixes(prefix, "_").stream()
                .map(common -> common.substring(prefix.length(), common.length() - 1));
    }

    /** Of 20261399 nobody knows, so it goes last. */
    private static Instant startOf(String day) {
        try {
            return LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public boolean hasNext() {
        while (keys.isEmpty() && !days.isEmpty()) {
            String day = days.remove();
            Arrays.stream(BackupKind.values())
                    .flatMap(kind -> objects.keys(BucketLayout.dumps(kind) + day + "_").stream())
                    .filter(BucketLayout::isManifest)
                    .filter(key -> !takenAt(key).isAfter(notAfter))
                    .sorted(Comparator.comparing(ManifestKeys::takenAt)
                            .thenComparing(key -> key)
                            .reversed())
                    .forEach(keys::add);
        }
        return !keys.isEmpty();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return keys.remove();
    }

    private static Instant takenAt(String key) {
        return CatalogueEntry.timeInName(BucketLayout.backupId(key));
    }
}
