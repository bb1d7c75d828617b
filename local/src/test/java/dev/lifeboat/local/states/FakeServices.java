package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.lambda.InvocationResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Functions that answer from a script: the last answer stays; {@code error:NAME} fails; no script echoes. */
final class FakeServices implements Integrations {
    final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    final List<String> payloads = new CopyOnWriteArrayList<>();
    final List<String> published = new CopyOnWriteArrayList<>();
    final List<JsonNode> objects = new ArrayList<>();
    final Map<String, String> parameters = new ConcurrentHashMap<>();

    FakeServices answer(String function, String... scripted) {
        answers.put(function, new ArrayDeque<>(List.of(scripted)));
        return this;
    }

    @Override
    public InvocationResult invoke(String function, String payload) throws InterruptedException {
        payloads.add(payload);
        String answer = next(function, payload);
        if (answer.equals("hang")) {
            Thread.sleep(60_000);
        }
        return answer.startsWith("error:")
                ? new InvocationResult(
                        "r",
                        Optional.of("Unhandled"),
                        "{\"errorType\":\"" + answer.substring(6) + "\",\"errorMessage\":\"m\"}")
                : new InvocationResult("r", Optional.empty(), answer);
    }

    private synchronized String next(String function, String payload) {
        Deque<String> scripted = answers.get(function);
        return scripted == null ? payload : scripted.size() > 1 ? scripted.poll() : scripted.peek();
    }

    @Override
    public String publish(String topicArn, String subject, String message) {
        published.add(topicArn + " " + subject + " " + message);
        return "id";
    }

    @Override
    public JsonNode parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new StateFailure("Ssm.ParameterNotFoundException", name);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("Parameter").put("Name", name).put("Value", value);
        return answer;
    }

    @Override
    public List<JsonNode> listObjects(String bucket, String prefix) {
        return objects;
    }
}
