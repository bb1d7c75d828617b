package dev.lifeboat.dns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.DnsProviderUnavailableException;
import dev.lifeboat.contract.error.DnsRefusedException;
import dev.lifeboat.contract.error.LifeboatException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Makes calls of Cloudflare's API and says which of its failures a retry can help. A call that was throttled is made again
 * here when Cloudflare asks for a short wait; everything longer is the state machine's waiting.
 */
final class CloudflareCalls {
    /** How a wait is made; a test makes none. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private static final int ATTEMPTS = 3;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Pause pause;

    CloudflareCalls(Pause pause) {
        this.pause = pause;
    }

    /**
     * @param doing what is asked, to follow "Cannot": {@code "find zone example.org"}
     * @return the envelope's {@code result}
     */
    JsonNode result(String doing, Supplier<String> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return unwrap(doing, call.get());
            } catch (WebApplicationException e) {
                Response answer = e.getResponse();
                Duration wait = retryAfter(answer);
                if (answer.getStatus() != TOO_MANY_REQUESTS
                        || attempt == ATTEMPTS
                        || wait.compareTo(LONGEST_WAIT) > 0) {
                    throw fault(doing, answer, e);
                }
                waitFor(doing, wait);
            } catch (ProcessingException e) {
                throw new DnsProviderUnavailableException(
                        "Cannot " + doing + ": Cloudflare did not answer (" + rootMessage(e) + ").",
                        "It is tried again; if that goes on, see www.cloudflarestatus.com.",
                        e);
            }
        }
    }

    private static JsonNode unwrap(String doing, String body) {
        JsonNode envelope = parse(body)
                .orElseThrow(() -> new DnsProviderUnavailableException(
                        "Cannot " + doing + ": Cloudflare's answer is not its JSON envelope.",
                        "It is tried again; if that goes on, see www.cloudflarestatus.com."));
        if (!envelope.path("success").asBoolean(false)) {
            throw refused(doing, 200, errors(envelope), null);
        }
        return envelope.path("result");
    }

    private static LifeboatException fault(String doing, Response answer, WebApplicationException e) {
        int status = answer.getStatus();
        if (status == TOO_MANY_REQUESTS) {
            return new DnsProviderUnavailableException(
                    "Cannot " + doing + ": Cloudflare throttles us (429) and asks to wait "
                            + retryAfter(answer).toSeconds() + " s.",
                    "It is tried again later; see who else uses the token, or ask for fewer records at a time.",
                    e);
        }
        if (status >= 500 || status == 408) {
            return new DnsProviderUnavailableException(
                    "Cannot " + doing + ": Cloudflare answered " + status + ".",
                    "It is tried again; if that goes on, see www.cloudflarestatus.com.",
                    e);
        }
        String body = answer.hasEntity() ? answer.readEntity(String.class) : "";
        return refused(doing, status, parse(body).map(CloudflareCalls::errors).orElse(""), e);
    }

    private static DnsRefusedException refused(String doing, int status, String errors, Throwable cause) {
        return new DnsRefusedException(
                "Cannot " + doing + ": Cloudflare refused (" + status + ")" + (errors.isEmpty() ? "" : ": " + errors)
                        + ".",
                "Check that the token in the Cloudflare secret is valid and has the permissions Zone.Zone Read and Zone.DNS"
                        + " Edit for the zone.",
                cause);
    }

    private static String errors(JsonNode envelope) {
        return StreamSupport.stream(envelope.path("errors").spliterator(), false)
                .map(error -> error.path("code").asText() + " "
                        + error.path("message").asText())
                .collect(Collectors.joining("; "));
    }

    private static Optional<JsonNode> parse(String body) {
        try {
            return Optional.ofNullable(body).map(CloudflareCalls::tree).filter(JsonNode::isObject);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Duration retryAfter(Response answer) {
        String value = answer.getHeaderString("Retry-After");
        return value != null && value.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(value)) : DEFAULT_WAIT;
    }

    private void waitFor(String doing, Duration wait) {
        try {
            pause.of(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DnsProviderUnavailableException(
                    "Cannot " + doing + ": interrupted while Cloudflare throttled us.", "Try again.", e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
