package dev.polycert.vendor.kubernetes;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The one operation on the wire ("Server-Side Apply" of the Kubernetes API). */
@Path("/api/v1/namespaces")
@Produces(MediaType.APPLICATION_JSON)
interface KubernetesApi {

  /**
   * Makes the fields of a Secret as they are in the body.
   *
   * @param force true takes fields over from other managers; null leaves them
   * @param body JSON, which is YAML
   */
  @PATCH
  @Path("{namespace}/secrets/{name}")
  @Consumes("application/apply-patch+yaml")
  Uni<Response> applySecret(
      @HeaderParam("Authorization") String authorization,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @QueryParam("fieldManager") String manager,
      @QueryParam("force") @Nullable Boolean force,
      byte[] body);
}
