package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;

/**
 * Whether WAL is archived for a target, and how it is encrypted: parameters of {@code template.yaml}, which the machines pass on.
 *
 * @param archiving on or off
 * @param secret Secrets Manager id of the repository's passphrase
 */
public record ArchiveSettings(String archiving, String secret) {
    public ArchiveSettings {
        if (!Require.text("archive.archiving", archiving).matches("on|off")) {
            throw new InvalidInputException(
                    "Field 'archive.archiving' is '" + archiving + "', expected on or off.",
                    "Correct PointInTimeRecovery in template.yaml's parameters.");
        }
        Require.text("archive.secret", secret);
    }

    boolean isOn() {
        return archiving.equals("on");
    }
}
