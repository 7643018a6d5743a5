package dev.polycert.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares answers of a running Polycert with the description of the API: nothing less or more. */
public final class Described {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode document;
  private final JsonSchemaFactory schemas = schemas();

  Described(JsonNode document) {
    this.document = closed(document.deepCopy());
  }

  /** Schemas stand below {@code components}, as OpenAPI has it, which is no keyword of theirs. */
  private static JsonSchemaFactory schemas() {
    JsonMetaSchema meta =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .keyword(new NonValidationKeyword("components"))
            .build();
    return JsonSchemaFactory.builder().defaultMetaSchemaIri(meta.getIri()).metaSchema(meta).build();
  }

  /** By the description that is served. */
  public static Described served() {
    try (InputStream in = Described.class.getResourceAsStream("/openapi.json")) {
      return new Described(MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Members that are not described are errors here; clients have to accept them. */
  private static JsonNode closed(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Described::closed);
    return node;
  }

  /** Fails where the answer is not as described. */
  public void check(String method, String path, int status, String type, String body) {
    JsonNode call = call(method, path);
    assertThat(call.isMissingNode() && status < 300 && !method.equals("OPTIONS"))
        .as("%s %s answers, and is not described", method, path)
        .isFalse();
    if (call.isMissingNode() || body.isEmpty()) {
      return;
    }
    JsonNode responses = call.path("responses");
    JsonNode response = responses.path(responses.has("" + status) ? "" + status : "default");
    String media = type.replaceAll(";.*", "");
    assertThat(response.path("content").has(media))
        .as("%s %s answers %d as %s", method, path, status, media)
        .isTrue();
    if (!media.endsWith("json")) {
      return;
    }
    JsonNode schema = response.path("content").path(media).path("schema");
    try {
      assertThat(errors(schema, MAPPER.readTree(body)))
          .as("%s %s answered %d: %s", method, path, status, body)
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode call(String method, String path) {
    JsonNode exactly = document.path("paths").path(path);
    if (!exactly.isMissingNode()) {
      return exactly.path(method.toLowerCase(Locale.ROOT));
    }
    for (Map.Entry<String, JsonNode> described : document.path("paths").properties()) {
      if (path.matches(described.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
        return described.getValue().path(method.toLowerCase(Locale.ROOT));
      }
    }
    return MAPPER.missingNode();
  }

  /** What is wrong with a value by a schema of the document. */
  Set<ValidationMessage> errors(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    return schemas.getSchema(whole).validate(value);
  }
}
