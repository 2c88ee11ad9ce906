using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Interclustering.Node.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Writing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ArchivedAt",
                table: "WorkingCopies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PublishAt",
                table: "WorkingCopies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Edits",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Edits", x => new { x.Subject, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "UnsavedTexts",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Form = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnsavedTexts", x => new { x.Member, x.Form });
                });

            migrationBuilder.CreateIndex(
                name: "IX_WorkingCopies_PublishAt",
                table: "WorkingCopies",
                column: "PublishAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Edits");

            migrationBuilder.DropTable(
                name: "UnsavedTexts");

            migrationBuilder.DropIndex(
                name: "IX_WorkingCopies_PublishAt",
                table: "WorkingCopies");

            migrationBuilder.DropColumn(
                name: "ArchivedAt",
                table: "WorkingCopies");

            migrationBuilder.DropColumn(
                name: "PublishAt",
                table: "WorkingCopies");
        }
    }
}
