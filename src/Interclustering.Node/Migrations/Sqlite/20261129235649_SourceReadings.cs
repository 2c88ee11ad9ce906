using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Interclustering.Node.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SourceReadings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Absent",
                table: "SourceRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "LeftOut",
                table: "SourceRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Read",
                table: "SourceRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Absent",
                table: "SourceRuns");

            migrationBuilder.DropColumn(
                name: "LeftOut",
                table: "SourceRuns");

            migrationBuilder.DropColumn(
                name: "Read",
                table: "SourceRuns");
        }
    }
}
