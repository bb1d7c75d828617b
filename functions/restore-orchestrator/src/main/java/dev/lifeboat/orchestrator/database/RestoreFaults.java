package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.DatabaseRefusedException;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.RestoreCheckFailedException;
import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgrestore.RestoreException;
import dev.lifeboat.pgrestore.RestoreException.Kind;

/** The one place that says which error of the contract a failed restore is. */
final class RestoreFaults {
    private static final String MARK = " HINT: ";

    private RestoreFaults() {}

    static LifeboatException translate(RestoreException fault) {
        // Storage that is down must not pass for an archive that is broken, however deep it was met.
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LifeboatException known) {
                return known;
            }
        }
        return translate(fault.kind(), fault);
    }

    static LifeboatException translate(ArchiveException fault) {
        return new BackupUnusableException(message(fault), hint(fault), fault);
    }

    static LifeboatException translate(Kind kind, RuntimeException fault) {
        String message = message(fault);
        String hint = hint(fault);
        return switch (kind) {
            case UNAVAILABLE -> new DatabaseUnavailableException(message, hint, fault);
            case REFUSED -> new DatabaseRefusedException(message, hint, fault);
            case CHECK_FAILED -> new RestoreCheckFailedException(message, hint, fault);
            case FENCED -> new FencedOffException(message, hint, fault);
            case UNUSABLE_ARCHIVE -> new BackupUnusableException(message, hint, fault);
        };
    }

    private static String message(RuntimeException fault) {
        String text = String.valueOf(fault.getMessage());
        int mark = text.indexOf(MARK);
        return mark < 0 ? text : text.substring(0, mark);
    }

    private static String hint(RuntimeException fault) {
        String text = String.valueOf(fault.getMessage());
        int mark = text.indexOf(MARK);
        return mark < 0 ? "Read the message." : text.substring(mark + MARK.length());
    }
}
