package dev.polycert.vendor.tencent;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** API 3.0 on the wire: every operation of every product is this one request. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface TencentApi {

  /**
   * Calls an operation.
   *
   * @param language of the error messages
   * @param body JSON; as bytes, so that what is signed is what is sent
   */
  @POST
  Uni<Response> call(
      @HeaderParam("X-TC-Action") String action,
      @HeaderParam("X-TC-Version") String version,
      @HeaderParam("X-TC-Language") String language,
      byte[] body);
}
