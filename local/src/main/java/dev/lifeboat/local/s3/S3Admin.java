package dev.lifeboat.local.s3;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the embedded cloud itself asks of the S3 server. */
public final class S3Admin {
    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param server the S3 server itself, not the front */
    public S3Admin(URI server) {
        this.server = server;
    }

    /** Creates a bucket unless it is there. */
    public void createBucket(String name, boolean versioned) {
        send(HttpRequest.newBuilder(server.resolve("/" + name)).PUT(BodyPublishers.noBody()), 200, 409);
        if (versioned) {
            String body = "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                    + "<Status>Enabled</Status></VersioningConfiguration>";
            send(
                    HttpRequest.newBuilder(server.resolve("/" + name + "?versioning"))
                            .header("Content-Type", "application/xml")
                            .PUT(BodyPublishers.ofString(body)),
                    200);
        }
    }

    /** Every object of ListObjectsV2: the text of Key, ETag, LastModified, Size and StorageClass. */
    public List<Map<String, String>> list(String bucket, String prefix) {
        List<Map<String, String>> objects = new ArrayList<>();
        String token = "";
        do {
            String query = "?list-type=2&prefix=" + encode(prefix)
                    + (token.isEmpty() ? "" : "&continuation-token=" + encode(token));
            Document page = parse(send(HttpRequest.newBuilder(server.resolve("/" + bucket + query)), 200));
            NodeList contents = page.getElementsByTagName("Contents");
            for (int i = 0; i < contents.getLength(); i++) {
                Map<String, String> object = new LinkedHashMap<>();
                for (String field : List.of("ETag", "Key", "LastModified", "Size", "StorageClass")) {
                    object.put(field, text((Element) contents.item(i), field));
                }
                objects.add(object);
            }
            token = text(page.getDocumentElement(), "NextContinuationToken");
        } while (!token.isEmpty());
        return objects;
    }

    private String send(HttpRequest.Builder request, Integer... expected) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (!List.of(expected).contains(response.statusCode())) {
                throw new IllegalStateException("The S3 server answered " + response.statusCode() + " to "
                        + response.request().method() + " " + response.uri() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("The S3 server does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the S3 server", e);
        }
    }

    private static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("The S3 server answered no XML: " + xml, e);
        }
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
