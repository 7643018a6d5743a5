package dev.polycert.vendor.huawei.elb;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The operations on the wire. Bodies are bytes, sent as they are signed. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface ElbApi {
  String CERTIFICATES = "v3/{project_id}/elb/certificates";

  /**
   * Shows the certificates of an id or a name, with their contents.
   *
   * @param id null for any
   * @param name null for any
   */
  @GET
  @Path(CERTIFICATES)
  Uni<Response> listCertificates(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      @QueryParam("id") @Nullable String id,
      @QueryParam("name") @Nullable String name);

  @POST
  @Path(CERTIFICATES)
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> createCertificate(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      byte[] body);

  /** Changes the members that are there; listeners serve the new content at once. */
  @PUT
  @Path(CERTIFICATES + "/{certificate_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> updateCertificate(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      @PathParam("certificate_id") String id,
      byte[] body);
}
