package dev.lifeboat.local.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lies in the backup bucket, read as anybody would: by HTTP. */
final class ObjectStore {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI bucket;

    ObjectStore(URI endpoint, String bucket) {
        this.bucket = URI.create(endpoint + "/" + bucket);
    }

    /** Keys with the prefix, in byte order; at most 1000. */
    List<String> keys(String prefix) {
        byte[] listing = get(URI.create(bucket + "?list-type=2&prefix=" + prefix))
                .orElseThrow(() -> new IllegalStateException("The bucket " + bucket + " is not there"));
        List<String> keys = new ArrayList<>();
        Matcher matcher = KEY.matcher(new String(listing, StandardCharsets.UTF_8));
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
        return keys;
    }

    /** An object's bytes; empty when there is none. */
    Optional<byte[]> get(String key) {
        return get(URI.create(bucket + "/" + key));
    }

    /** Writes an object, in place of the one that is there. */
    void put(String key, byte[] content) {
        send(HttpRequest.newBuilder(URI.create(bucket + "/" + key))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    /** Deletes an object, as anybody may who can write to the bucket. */
    void delete(String key) {
        send(HttpRequest.newBuilder(URI.create(bucket + "/" + key)).DELETE());
    }

    private void send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        response.uri() + " answered " + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write to " + bucket, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing to " + bucket, e);
        }
    }

    private Optional<byte[]> get(URI uri) {
        try {
            HttpResponse<byte[]> response =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + response.statusCode() + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return Optional.of(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading " + uri, e);
        }
    }
}
