package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.VerdictStatus;

/**
 * What the auditor answers.
 *
 * @param counts how many backups of which kind
 * @param retention what became of old backups
 * @param repository what the repository of WAL and base backups is found to be; null where there is to be none
 * @param reportKey where the whole report lies
 */
record AuditResult(
        IntegrityReport.Counts counts, Retention.Outcome retention, VerdictStatus repository, String reportKey) {}
