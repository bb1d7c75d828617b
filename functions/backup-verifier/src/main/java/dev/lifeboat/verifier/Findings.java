package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.VerdictStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What one verification has found so far. The worst finding decides: damage that is proven counts more than what could not
 * be looked at, and that more than what merely looks odd. Not thread-safe.
 */
final class Findings {
    /** A verdict is for people and for the machine's payloads: beyond this many, reasons are only counted. */
    private static final int MOST_REASONS = 40;

    private final List<String> reasons = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private VerdictStatus status = VerdictStatus.VERIFIED;
    private int beyond;
    private long size;
    private String sha256;
    private List<TableFingerprint> tables = List.of();

    void corrupt(String reason) {
        add(VerdictStatus.CORRUPT, reason);
    }

    void unverifiable(String reason) {
        add(VerdictStatus.UNVERIFIABLE, reason);
    }

    void suspicious(String reason) {
        add(VerdictStatus.SUSPICIOUS, reason);
    }

    /** What is no fault of the backup, and changes no status. */
    void warn(String warning) {
        warnings.add(warning);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What was read of the dump; {@code checksum} is null when it was not read to its end. */
    void dump(long bytes, String checksum) {
        size = bytes;
        sha256 = checksum;
    }

    void tables(List<TableFingerprint> found) {
        tables = List.copyOf(found);
    }

    VerdictStatus status() {
        return status;
    }

    long size() {
        return size;
    }

    String sha256() {
        return sha256;
    }

    List<TableFingerprint> tables() {
        return tables;
    }

    long rows() {
        return tables.stream().mapToLong(TableFingerprint::rows).sum();
    }

    List<String> reasons() {
        List<String> all = new ArrayList<>(reasons);
        if (beyond > 0) {
            all.add("And " + beyond + " more.");
        }
        return all;
    }

    private void add(VerdictStatus found, String reason) {
        if (severity(found) > severity(status)) {
            status = found;
        }
        if (reasons.size() < MOST_REASONS) {
            reasons.add(reason);
        } else {
            beyond++;
        }
    }

    private static int severity(VerdictStatus status) {
        return switch (status) {
            case VERIFIED -> 0;
            case SUSPICIOUS -> 1;
            case UNVERIFIABLE -> 2;
            case CORRUPT -> 3;
        };
    }
}
