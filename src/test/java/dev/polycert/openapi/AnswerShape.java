package dev.polycert.openapi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the schemas of answers from the records that Jackson writes, by the same annotations. */
final class AnswerShape {
  private static final ObjectMapper WRITER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<Class<?>> TEXTS = Set.of(String.class, CharSequence.class);

  private final ObjectNode schemas;

  /**
   * @param schemas gets the schema of each record, by its name
   */
  AnswerShape(ObjectNode schemas) {
    this.schemas = schemas;
  }

  /** The schema of a type; a reference for a record. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> raw = (Class<?>) type;
    Optional<Method> value =
        Arrays.stream(raw.getMethods())
            .filter(method -> method.isAnnotationPresent(JsonValue.class))
            .findFirst();
    if (value.isPresent()) {
      return of(value.get().getGenericReturnType());
    }
    if (raw.isRecord()) {
      return reference(raw);
    }
    return raw.isEnum() ? choice(raw) : simple(raw);
  }

  private ObjectNode ofGeneric(ParameterizedType generic) {
    Class<?> raw = (Class<?>) generic.getRawType();
    if (Map.class.isAssignableFrom(raw)) {
      return type("object").set("additionalProperties", of(generic.getActualTypeArguments()[1]));
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return type("array").set("items", of(generic.getActualTypeArguments()[0]));
    }
    throw new IllegalArgumentException("no schema for " + generic);
  }

  private static ObjectNode choice(Class<?> raw) {
    ObjectNode schema = type("string");
    ArrayNode values = schema.putArray("enum");
    Stream.of(raw.getEnumConstants()).map(WRITER::<JsonNode>valueToTree).forEach(values::add);
    return schema;
  }

  private static ObjectNode simple(Class<?> raw) {
    if (TEXTS.contains(raw)) {
      return type("string");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return type("boolean");
    }
    if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
      return type("integer");
    }
    if (raw == double.class || raw == Double.class) {
      return type("number");
    }
    if (raw == Instant.class) {
      return type("string").put("format", "date-time");
    }
    if (raw == Duration.class) {
      return type("number");
    }
    throw new IllegalArgumentException("no schema for " + raw);
  }

  private ObjectNode reference(Class<?> raw) {
    String name = name(raw);
    if (!schemas.has(name)) {
      ObjectNode schema = schemas.putObject(name);
      schema.put("type", "object");
      Set<String> required = new TreeSet<>();
      members(raw, schema.putObject("properties"), required, true);
      if (!required.isEmpty()) {
        ArrayNode array = schema.putArray("required");
        required.forEach(array::add);
      }
    }
    return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private void members(
      Class<?> raw, ObjectNode properties, Set<String> required, boolean alwaysThere) {
    for (RecordComponent component : raw.getRecordComponents()) {
      if (annotation(component, JsonUnwrapped.class).isPresent()) {
        members(component.getType(), properties, required, alwaysThere && !nullable(component));
        continue;
      }
      String name =
          annotation(component, JsonProperty.class)
              .map(JsonProperty::value)
              .orElse(component.getName());
      ObjectNode schema = of(component.getGenericType());
      annotation(component, JsonIgnoreProperties.class)
          .ifPresent(ignored -> leaveOut(component.getGenericType(), ignored.value()));
      boolean left = left(raw, component);
      properties.set(name, nullable(component) && !left ? orNull(schema) : schema);
      if (alwaysThere && !left) {
        required.add(name);
      }
    }
  }

  /** Takes members out of the schema of what a list contains. */
  private void leaveOut(Type type, String... members) {
    ParameterizedType list = (ParameterizedType) type;
    ObjectNode schema =
        (ObjectNode) schemas.required(name((Class<?>) list.getActualTypeArguments()[0]));
    ((ObjectNode) schema.required("properties")).remove(List.of(members));
  }

  /** Whether a member may be left out. */
  private static boolean left(Class<?> raw, RecordComponent component) {
    JsonInclude.Include include =
        annotation(component, JsonInclude.class)
            .or(() -> Optional.ofNullable(raw.getAnnotation(JsonInclude.class)))
            .map(JsonInclude::value)
            .orElse(JsonInclude.Include.ALWAYS);
    Class<?> type = component.getType();
    return switch (include) {
      case NON_NULL -> nullable(component);
      case NON_EMPTY ->
          nullable(component)
              || TEXTS.contains(type)
              || Map.class.isAssignableFrom(type)
              || Collection.class.isAssignableFrom(type);
      case NON_DEFAULT -> true;
      default -> false;
    };
  }

  private static ObjectNode orNull(ObjectNode schema) {
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(schema).add(type("null"));
    return either;
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Annotations of a component that only its field or accessor may carry. */
  private static <A extends Annotation> Optional<A> annotation(
      RecordComponent component, Class<A> type) {
    AnnotatedElement field;
    try {
      field = component.getDeclaringRecord().getDeclaredField(component.getName());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
    return Stream.of(component, component.getAccessor(), field)
        .map(element -> element.getAnnotation(type))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** A nested record has the names around it, because several are called Answer or Entry. */
  private static String name(Class<?> raw) {
    Class<?> around = raw.getDeclaringClass();
    String own = raw.getSimpleName();
    return around == null ? own.replaceAll("Function$", "") : name(around) + own;
  }

  private static ObjectNode type(String name) {
    return NODES.objectNode().put("type", name);
  }
}
