package dev.lifeboat.local.explore;

import java.util.List;

/** The actions that verify backups: they change nothing of a target. */
final class VerifierModels {
    private static final String RESULTS = "dev.lifeboat.verifier.";
    private static final String[] STORAGE = {
        "InvalidInputException", "MisconfiguredException", "StorageUnavailableException", "AwsUnavailableException"
    };

    private VerifierModels() {}

    static List<ActionModel> all() {
        return List.of(
                action("BackupVerifier", "verify", "VerifierResult")
                        .answers(
                                "verdict written",
                                "{'verdicts': [" + verdict("verified") + "], 'large': [], 'ignored': []}")
                        .answers(
                                "too large",
                                "{'verdicts': [], 'large': [{'manifestKey': 'dumps/m', 'size': 9}], 'ignored': []}")
                        .answers(
                                "passed over",
                                "{'verdicts': [], 'large': [], 'ignored': [{'key': 'dumps/m', 'reason': 'It is gone.'}]}"),
                action("BackupVerifier", "plan-verification", "SliceList").answers("planned", "{'slices': [0, 1]}"),
                action("BackupVerifier", "verify-slice", "").answers("read", "{'slice': 0}"),
                action("BackupVerifier", "conclude-verification", "VerifierResult$Summary")
                        .answers("verified", verdict("verified"))
                        .answers("corrupt", verdict("corrupt"))
                        .answers("suspicious", verdict("suspicious"))
                        .answers("unverifiable", verdict("unverifiable")),
                action("BackupVerifier", "plan-repository", "RepositoryParts")
                        .answers("planned", "{'parts': ['backup/20261123-030000F/0']}")
                        .answers("nothing to read", "{'parts': []}"),
                action("BackupVerifier", "verify-repository-part", "RepositoryPartResult")
                        .answers("whole", "{'part': 'backup/20261123-030000F/0', 'problems': 0}")
                        .answers("damaged", "{'part': 'backup/20261123-030000F/0', 'problems': 1}"),
                action("IntegrityAuditor", "summarise", "AuditResult")
                        .answers("no repository", audit(""))
                        .answers("repository verified", audit(", 'repository': 'verified'"))
                        .answers("repository corrupt", audit(", 'repository': 'corrupt'"))
                        .answers("repository suspicious", audit(", 'repository': 'suspicious'"))
                        .answers("repository unverifiable", audit(", 'repository': 'unverifiable'")));
    }

    private static ActionModel action(String function, String action, String result) {
        return new ActionModel(function, action)
                .results(result.isEmpty() ? "" : RESULTS + result)
                .fails(STORAGE);
    }

    private static String audit(String repository) {
        return "{'counts': {'backups': 2, 'verified': 1, 'corrupt': 0, 'suspicious': 0, 'unverifiable': 0, 'missed': 1},"
                + " 'retention': {'expired': 0, 'keptThoughOld': 0}, 'reportKey': 'r'" + repository + "}";
    }

    private static String verdict(String status) {
        return "{'backupId': 'recent/backup_20261123_030000', 'status': '" + status
                + "', 'verdictKey': 'v', 'reasons': []}";
    }
}
