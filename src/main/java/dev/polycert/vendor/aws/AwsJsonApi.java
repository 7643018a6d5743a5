package dev.polycert.vendor.aws;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** AWS JSON 1.1 on the wire: every operation of every such service is this one request. */
@Path("/")
@Consumes(AwsJsonApi.JSON)
@Produces(AwsJsonApi.JSON)
interface AwsJsonApi {
  String JSON = "application/x-amz-json-1.1";

  /**
   * Calls an operation.
   *
   * @param target the service's prefix and the operation
   * @param body JSON; as bytes, so that what is signed is what is sent
   */
  @POST
  Uni<Response> call(@HeaderParam("X-Amz-Target") String target, byte[] body);
}
