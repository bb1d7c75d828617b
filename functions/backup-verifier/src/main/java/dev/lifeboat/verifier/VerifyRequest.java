package dev.lifeboat.verifier;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;

/**
 * A request to verify one backup, from the integrity machine or a person.
 *
 * @param action {@code verify}
 * @param manifestKey the manifest's key in the backup bucket
 * @param compareWithPrevious false accepts a backup that is much smaller than the one before it; true when missing
 * @param startLarge false leaves it to the caller to start the machine for a backup that is too large for one function; true when missing
 */
record VerifyRequest(String action, String manifestKey, Boolean compareWithPrevious, Boolean startLarge) {
    VerifyRequest {
        if (!"verify".equals(action)) {
            throw new InvalidInputException(
                    "Field 'action' is '" + action + "', expected 'verify'.",
                    "events/ holds an example of every payload.");
        }
        Require.text("manifestKey", manifestKey);
        compareWithPrevious = compareWithPrevious == null || compareWithPrevious;
        startLarge = startLarge == null || startLarge;
    }
}
