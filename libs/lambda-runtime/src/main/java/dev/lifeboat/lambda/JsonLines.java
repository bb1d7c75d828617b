package dev.lifeboat.lambda;

import dev.lifeboat.contract.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Log records as JSON, one on each line: CloudWatch Logs Insights finds their fields, among them the incident and the Lambda
 * request that they belong to.
 */
final class JsonLines extends ExtFormatter {
    @Override
    public String format(ExtLogRecord log) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", log.getInstant().toString());
        line.put("level", log.getLevel().getName());
        line.put("logger", log.getLoggerName());
        line.put("message", formatMessage(log));
        line.putAll(log.getMdcCopy());
        if (log.getThrown() != null) {
            line.put("error", log.getThrown().getClass().getName());
            line.put("stack", stack(log.getThrown()));
        }
        return Json.compact(line) + "\n";
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
