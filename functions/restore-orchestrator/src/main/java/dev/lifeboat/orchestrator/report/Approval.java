package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Require;

/**
 * What a person answered.
 *
 * @param repair what was asked about
 * @param approved whether it may be done
 * @param by who answered; null when the answer does not say
 * @param reason of a refusal; null for an approval
 */
record Approval(Repair repair, boolean approved, String by, String reason) {
    Approval {
        Require.present("approval.repair", repair);
    }
}
