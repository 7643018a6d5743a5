package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonBody;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorJson;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls the operations of one product of API 3.0 with the keys of one account. */
public final class TencentClient {
  private static final String LANGUAGE = "en-US";

  static final ObjectMapper JSON = json();

  private final Product product;
  private final Client<Api> client;

  /** Makes the client of a service that is reached through a product. */
  public TencentClient(
      Clients clients, Descriptor service, ServiceSettings settings, Product product) {
    this.product = product;
    this.client =
        clients.client(
            service,
            settings,
            Api.class,
            (credentials, clock) -> new Tc3Signer(credentials, product.name(), clock));
  }

  /**
   * A product of Tencent Cloud.
   *
   * @param name as in its host and in signatures, {@code ssl}
   * @param version the version of its API, {@code 2019-12-05}
   */
  public record Product(String name, String version, ErrorTable errors) {

    /** Starts the description of a service that is reached through the product. */
    public Descriptor service(String id, String title) {
      return Descriptor.of(id, title)
          .at("https://" + name + ".tencentcloudapi.com")
          .keyId("TENCENTCLOUD_SECRET_ID")
          .secret("TENCENTCLOUD_SECRET_KEY")
          .token("TENCENTCLOUD_TOKEN")
          .role(CvmRole.ROLE);
    }
  }

  /** What is called, and the account whose keys sign. */
  public Service service() {
    return client.service();
  }

  /**
   * Calls an operation that changes nothing, or only triggers what may be triggered any number of
   * times.
   *
   * @param request a record whose members are named as the API's, but for the first letter, or a
   *     map or tree
   * @param type a record of the same kind, read from the answer's {@code Response}
   */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Object request, Class<T> type) {
    return read(operation, context, request, type, product.errors());
  }

  /** As above, for an operation that gives some error codes a meaning of its own. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Object request, Class<T> type, ErrorTable errors) {
    return client.read(
        operation, context, call(operation, null, request), new TencentEnvelope<>(type, errors));
  }

  /** Calls an operation that changes something. */
  public <T> Uni<Answer<T>> write(
      String operation, WriteContext context, Object request, Class<T> type) {
    return write(operation, null, context, request, type);
  }

  /**
   * As above, in a region.
   *
   * @param region {@code ap-guangzhou}; null where the operation needs none
   */
  public <T> Uni<Answer<T>> write(
      String operation,
      @Nullable String region,
      WriteContext context,
      Object request,
      Class<T> type) {
    return client.write(
        operation,
        context,
        call(operation, region, request),
        new TencentEnvelope<>(type, product.errors()));
  }

  private Function<Api, Uni<Response>> call(
      String operation, @Nullable String region, Object request) {
    byte[] body = JsonBody.of(JSON.valueToTree(request));
    return api -> api.call(operation, product.version(), LANGUAGE, region, body);
  }

  /** The names are in upper camel case; empty lists come as null; texts come with blanks. */
  private static ObjectMapper json() {
    ObjectMapper json =
        VendorJson.forgiving(
            JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .defaultPropertyInclusion(
                    JsonInclude.Value.construct(
                        JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addDeserializer(String.class, new TrimmedTexts()))
                .build());
    json.configOverride(List.class)
        .setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP));
    return json;
  }

  /** Reads texts without the blanks around them: ids go back to the vendor as they are read. */
  private static final class TrimmedTexts extends StdScalarDeserializer<String> {

    TrimmedTexts() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return StringDeserializer.instance.deserialize(parser, context).strip();
    }
  }

  /** API 3.0 on the wire: every operation of every product is this one request. */
  @Path("/")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {

    /**
     * Calls an operation.
     *
     * @param language of the error messages
     * @param region null for none
     * @param body JSON; as bytes, so that what is signed is what is sent
     */
    @POST
    Uni<Response> call(
        @HeaderParam("X-TC-Action") String action,
        @HeaderParam("X-TC-Version") String version,
        @HeaderParam("X-TC-Language") String language,
        @HeaderParam("X-TC-Region") @Nullable String region,
        byte[] body);
  }
}
