using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Interclustering.Hub.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Demonstration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsDemonstration",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("""UPDATE "AspNetUsers" SET "IsDemonstration" = TRUE WHERE "Email" = 'federation@hub.example';""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsDemonstration",
                table: "AspNetUsers");
        }
    }
}
