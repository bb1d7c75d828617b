package dev.lifeboat.local.explore;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every action that a machine may call, by function and action. */
final class ActionModels {
    private final Map<String, ActionModel> models = new LinkedHashMap<>();

    private ActionModels() {}

    static ActionModels declared() {
        ActionModels declared = new ActionModels();
        Stream.of(
                        DatabaseModels.all(),
                        PointInTimeModels.all(),
                        CorruptionModels.all(),
                        ClusterModels.all(),
                        OutsideModels.all(),
                        ApplicationModels.all(),
                        VerifierModels.all())
                .flatMap(List::stream)
                .forEach(declared::put);
        for (String function : List.of(
                "Probe",
                "AlarmHandler",
                "BackupVerifier",
                "IntegrityAuditor",
                "RecoverDatabase",
                "RecoverCluster",
                "RecoverApplication",
                "RecoveryReport",
                "DnsFailover")) {
            declared.put(ready(function));
        }
        return declared;
    }

    private static ActionModel ready(String function) {
        return new ActionModel(function, "ready")
                .results("dev.lifeboat.lambda.Readiness$Answer")
                .answers("ready", "{'ready': true, 'reached': ['bucket b'], 'problems': []}")
                .answers("not ready", "{'ready': false, 'reached': [], 'problems': ['secret s: It is gone.']}")
                .fails("InvalidInputException");
    }

    /** Declares a model, in place of the one that there is. */
    ActionModels put(ActionModel model) {
        models.put(model.name(), model);
        return this;
    }

    /**
     * The machine's own model of a call comes before that of all.
     *
     * @return null when there is none
     */
    ActionModel find(Call call) {
        ActionModel own = models.get(call.machine() + " " + call.name());
        return own == null ? models.get(call.name()) : own;
    }

    Collection<ActionModel> all() {
        return models.values();
    }
}
