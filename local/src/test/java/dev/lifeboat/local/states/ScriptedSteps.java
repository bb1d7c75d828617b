package dev.lifeboat.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.lambda.InvocationResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The functions of a database's recovery, action by action: each answers as when all goes well, unless a test scripts it. The last
 * answer of a script stays; {@code error:NAME} fails.
 */
final class ScriptedSteps implements Integrations {
    static final String LOST = assessment("lost", false);
    static final String HEALTHY = assessment("healthy", false);
    static final String SILENT = assessment("unreachable", true);

    private static final Map<String, String> WELL = Map.ofEntries(
            Map.entry("acquire-lease", "{`token`:7}"),
            Map.entry("confirm-lease", "{`token`:7}"),
            Map.entry("restart-pod", "{`pod`:`postgres-0`,`deleted`:true}"),
            Map.entry("choose-rung", "{`way`:`restore-backup`,`reason`:`WAL is not archived.`,`leftSeconds`:800}"),
            Map.entry("select-backup", "{`backupId`:`recent/b1`,`passedOver`:[]}"),
            Map.entry("plan", "{`planKey`:`k`,`shards`:[0,1]}"),
            Map.entry("prepare", "{`restoreDatabase`:`r`,`loaded`:false}"),
            Map.entry("restore-shard", "{`shard`:0,`rows`:1,`bytes`:1,`millis`:1}"),
            Map.entry("finish", "{`finished`:true,`done`:1,`total`:1,`millis`:1,`expectedEnd`:null}"),
            Map.entry("check", "{`matches`:true,`tables`:1,`rows`:2}"),
            Map.entry(
                    "cut-over",
                    "{`liveDatabase`:`d`,`quarantineDatabase`:`q`,`at`:`2026-11-23T03:16:02Z`,`rolledBack`:[]}"),
            Map.entry("restart", "{`deployments`:[]}"),
            Map.entry("rollout-status", "{`complete`:true,`failed`:false,`deployments`:[]}"),
            Map.entry("find-load-balancer", "{`hostname`:`lb.example.org`,`ip`:null}"),
            Map.entry("ensure", "{`changed`:false,`records`:[]}"),
            Map.entry("check-health", "{`healthy`:true,`results`:[]}"),
            Map.entry("reopen-live", "{`database`:`d`}"),
            Map.entry("request-approval", "{`until`:`2026-11-23T04:16:02Z`}"),
            Map.entry("report", "{`reportKey`:`recoveries/i/report.json`}"),
            Map.entry("release-lease", "{`released`:true}"));

    /** The payloads, in the order in which they came. */
    final List<JsonNode> payloads = new CopyOnWriteArrayList<>();
    /** The subjects of what was published. */
    final List<String> published = new CopyOnWriteArrayList<>();

    private final Map<String, Deque<String>> scripts = new ConcurrentHashMap<>();
    private final Map<String, String> modes = new ConcurrentHashMap<>();
    volatile String mode;
    volatile boolean modeIsUnreadable;

    ScriptedSteps(String mode) {
        this.mode = mode;
        answer("assess", LOST);
    }

    private static String assessment(String condition, boolean restartPod) {
        return "{`condition`:`" + condition + "`,`reason`:`it is " + condition + "`,`looks`:[],`restartPod`:"
                + restartPod + ",`pod`:{`name`:`postgres-0`,`uid`:`u`},`cutOver`:false,`takeOver`:`none`}";
    }

    ScriptedSteps answer(String action, String... answers) {
        scripts.put(action, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    /** Somebody sets the mode while the action is at work. */
    ScriptedSteps modeAfter(String action, String next) {
        modes.put(action, next);
        return this;
    }

    List<String> actions() {
        return payloads.stream().map(payload -> payload.path("action").asText()).toList();
    }

    /** The last payload of an action. */
    JsonNode last(String action) {
        return payloads.stream()
                .filter(payload -> payload.path("action").asText().equals(action))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    @Override
    public synchronized InvocationResult invoke(String function, String payload) {
        JsonNode asked = tree(payload);
        payloads.add(asked);
        String action = asked.path("action").asText();
        mode = modes.getOrDefault(action, mode);
        Deque<String> scripted = scripts.get(action);
        String answer = scripted == null ? WELL.get(action) : scripted.size() > 1 ? scripted.poll() : scripted.peek();
        String text = answer.replace('`', '"');
        return text.startsWith("error:")
                ? new InvocationResult(
                        "r",
                        Optional.of("Unhandled"),
                        "{\"errorType\":\"" + text.substring(6) + "\",\"errorMessage\":\"m\"}")
                : new InvocationResult("r", Optional.empty(), text);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @Override
    public String publish(String topicArn, String subject, String message) {
        published.add(subject);
        return "id";
    }

    @Override
    public JsonNode parameter(String name) {
        if (modeIsUnreadable) {
            throw new StateFailure("Ssm.InternalServerErrorException", name);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("Parameter").put("Name", name).put("Value", mode);
        return answer;
    }

    @Override
    public List<JsonNode> listObjects(String bucket, String prefix) {
        throw new UnsupportedOperationException("A recovery lists nothing");
    }
}
