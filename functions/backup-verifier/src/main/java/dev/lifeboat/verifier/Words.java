package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.VerdictStatus;
import java.util.Locale;

/** How a status is called in texts for people: as in JSON. */
final class Words {
    private Words() {}

    static String of(VerdictStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
