package dev.lifeboat.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.MachineResource;
import dev.lifeboat.local.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code readiness.asl.json} as template.yaml deploys it, with functions that answer what the test says. */
class ReadinessTest {
    private static final String READY = "{\"ready\":true,\"reached\":[],\"problems\":[]}";

    private final FakeServices services = new FakeServices();
    private final MachineResource machine = Template.read(
                    Path.of(System.getProperty("lifeboat.root"), "template.yaml"), Map.of())
            .machines()
            .get("ReadinessMachine");
    private final StateMachines machines =
            new StateMachines(List.of(machine), services, new ExecutionListener() {}, 1000);

    @AfterEach
    void close() {
        machines.close();
    }

    @Test
    void endsWellWhenEveryFunctionReachesWhatItNeeds() throws Exception {
        allReady();

        assertThat(run().status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        assertThat(services.published).isEmpty();
        assertThat(services.payloads).hasSize(9).allMatch(payload -> payload.contains("\"action\":\"ready\""));
        assertThat(services.payloads)
                .anySatisfy(payload -> assertThat(Json.mapper().readTree(payload))
                        .isEqualTo(Json.mapper().readTree("""
                                {"action":"ready","secret":"cloudtolocalllm/database-admin","cluster":"cloudtolocalllm-eks",
                                 "namespace":"cloudtolocalllm","service":"postgres"}""")));
    }

    @Test
    void tellsPeopleByNameWhatCannotBeReachedAndWhichFunctionDoesNotAnswer() throws Exception {
        allReady();
        services.answer(
                function("RecoverDatabase"),
                "{\"ready\":false,\"reached\":[\"bucket b\"],\"problems\":[\"secret s: There is no such secret.\",\"cluster c: It is gone.\"]}");
        services.answer(function("DnsFailover"), "error:java.lang.IllegalStateException");

        ExecutionDescription end = run();

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("NotReady");
        String missing =
                function("RecoverDatabase") + ": NotReady: secret s: There is no such secret.; cluster c: It is gone.";
        assertThat(end.cause())
                .startsWith(missing + "; " + function("DnsFailover") + ": java.lang.IllegalStateException: ");
        assertThat(services.published)
                .singleElement()
                .asString()
                .contains(" Lifeboat: NOT ready for a recovery These functions are not ready for a recovery:\n- "
                        + missing)
                .contains("\n- " + function("DnsFailover") + ": java.lang.IllegalStateException: ")
                .contains("Left to do: put right what is named.");
        assertThat(services.payloads).as("all were asked").hasSize(9);
    }

    private void allReady() {
        machine.substitutions().forEach((name, value) -> {
            if (name.endsWith("Function")) {
                services.answer(value, READY);
            }
        });
    }

    private String function(String name) {
        return machine.substitutions().get(name + "Function");
    }

    private ExecutionDescription run() throws Exception {
        return machines.await(machines.start(machine.arn(), null, "{}"), 20);
    }
}
