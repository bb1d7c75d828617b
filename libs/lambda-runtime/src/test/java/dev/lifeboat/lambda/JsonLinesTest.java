package dev.lifeboat.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.MDC;
import org.junit.jupiter.api.Test;

final class JsonLinesTest {
    @Test
    void aRecordIsOneLineOfJsonWithItsIncidentAndItsError() throws IOException {
        MDC.put("incident", "database-app-20261123T064503Z");
        ExtLogRecord log =
                new ExtLogRecord(Level.WARN, "line one\nline %s", ExtLogRecord.FormatStyle.PRINTF, "dev.lifeboat");
        log.setParameters(new Object[] {"two"});
        log.setLoggerName("dev.lifeboat.Test");
        log.setThrown(new IllegalStateException("broken"));

        String text = new JsonLines().format(log);
        MDC.remove("incident");

        assertThat(text).endsWith("\n").hasLineCount(1);
        JsonNode line = Json.mapper().readTree(text);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("dev.lifeboat.Test");
        assertThat(line.path("message").asText()).isEqualTo("line one\nline two");
        assertThat(line.path("incident").asText()).isEqualTo("database-app-20261123T064503Z");
        assertThat(line.path("error").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("stack").asText())
                .startsWith("java.lang.IllegalStateException: broken\n\tat dev.lifeboat");
    }
}
