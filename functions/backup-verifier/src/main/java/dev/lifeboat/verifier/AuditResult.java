package dev.lifeboat.verifier;

/**
 * What the auditor answers.
 *
 * @param counts how many backups of which kind
 * @param retention what became of old backups
 * @param reportKey where the whole report lies
 */
record AuditResult(IntegrityReport.Counts counts, Retention.Outcome retention, String reportKey) {}
